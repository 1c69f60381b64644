import "./shell/fonts.css";
import "./shell/tokens.css";
import "./shell/base.css";
import "./setup/setup.css";

import { SetUp } from "./setup/SetUp";
import { open } from "./shell/open";
import { keepTheme } from "./shell/pageTheme";

keepTheme("setup");
void open(<SetUp />);
