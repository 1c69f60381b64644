import "./shell/fonts.css";
import "./shell/tokens.css";
import "./shell/base.css";
import "./wall/wall.css";

import { open } from "./shell/open";
import { keepTheme } from "./shell/pageTheme";
import { begin } from "./shell/session";
import { Wall } from "./wall/Wall";

keepTheme("wall");
void begin();
void open(<Wall />, { unattended: true });
