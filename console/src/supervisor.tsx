import "./shell/fonts.css";
import "./shell/tokens.css";
import "./shell/base.css";
import "./oversight/oversight.css";

import { Supervisor } from "./oversight/Supervisor";
import { open } from "./shell/open";
import { keepTheme } from "./shell/pageTheme";
import { begin } from "./shell/session";

keepTheme("supervisor");
void begin();
void open(<Supervisor />);
