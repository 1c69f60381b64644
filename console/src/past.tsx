import "./shell/fonts.css";
import "./shell/tokens.css";
import "./shell/base.css";
import "./shell/console.css";
import "./shell/acts.css";
import "./patients/patients.css";
import "./transfers/transfers.css";
import "./past/past.css";

import { link } from "./live";
import { refuseOrders } from "./past/refuse";
import { PastDesk } from "./past/PastDesk";
import { keepLooks } from "./shell/looks";
import { open } from "./shell/open";
import { begin, looking } from "./shell/session";

keepLooks(); // as the desk of this machine
looking.back = true;
link.stop();
refuseOrders();
void begin();
void open(<PastDesk />);
