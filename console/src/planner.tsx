import "./shell/fonts.css";
import "./shell/tokens.css";
import "./shell/base.css";
import "./oversight/oversight.css";
import "./planner/planner.css";

import { Planner } from "./planner/Planner";
import { link } from "./live";
import { open } from "./shell/open";
import { keepTheme } from "./shell/pageTheme";
import { begin, looking } from "./shell/session";

keepTheme("planner");
// Neither the live line nor an order: what is simulated must never be taken for what is.
looking.back = true;
link.stop();
void begin();
void open(<Planner />);
