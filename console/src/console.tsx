import "./shell/fonts.css";
import "./shell/tokens.css";
import "./shell/base.css";
import "./shell/console.css";
import "./shell/acts.css";
import "./shell/mending.css";
import "./shell/windows.css";
import "./patients/patients.css";
import "./transfers/transfers.css";

import { Console } from "./shell/Console";
import { open } from "./shell/open";
import { keepLooks } from "./shell/looks";
import { begin } from "./shell/session";

keepLooks();
void begin();
void open(<Console />);
