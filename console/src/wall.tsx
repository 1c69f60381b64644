import "./shell/fonts.css";
import "./shell/tokens.css";
import "./shell/base.css";
import "./wall/wall.css";

import { open } from "./shell/open";
import { begin } from "./shell/session";
import { Wall } from "./wall/Wall";

void begin();
void open(<Wall />);
