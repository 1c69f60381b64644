import "./shell/fonts.css";
import "./shell/tokens.css";
import "./shell/base.css";
import "./hospital/hospital.css";

import { LinkPage } from "./hospital/LinkPage";
import { keepShell } from "./offline/register";
import { open } from "./shell/open";
import { keepTheme } from "./shell/pageTheme";

keepTheme("ward");
void open(<LinkPage />);
keepShell("/beds-worker.js", "/hospital/beds");
