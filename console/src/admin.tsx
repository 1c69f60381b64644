import "./shell/fonts.css";
import "./shell/tokens.css";
import "./shell/base.css";
import "./oversight/oversight.css";
import "./hospital/hospital.css";
import "./admin/admin.css";

import { Admin } from "./admin/Admin";
import { open } from "./shell/open";
import { keepTheme } from "./shell/pageTheme";
import { begin } from "./shell/session";

keepTheme("admin");
void begin();
void open(<Admin />);
