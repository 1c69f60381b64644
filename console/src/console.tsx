import "./shell/fonts.css";
import "./shell/tokens.css";
import "./shell/base.css";
import "./shell/console.css";
import "./shell/acts.css";
import "./shell/mending.css";
import "./shell/windows.css";
import "./patients/patients.css";
import "./transfers/transfers.css";

import { goHome } from "./gate/landing";
import { Console } from "./shell/Console";
import { open } from "./shell/open";
import { keepLooks } from "./shell/looks";
import { begin, session } from "./shell/session";

keepLooks();
void begin().then(() => goHome(session.get().me?.role));
void open(<Console />);
