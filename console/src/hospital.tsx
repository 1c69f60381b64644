import "./shell/fonts.css";
import "./shell/tokens.css";
import "./shell/base.css";
import "./hospital/hospital.css";
import "./patients/patients.css";
import "./transfers/transfers.css";

import { HospitalPage } from "./hospital/HospitalPage";
import { keepShell } from "./offline/register";
import { open } from "./shell/open";
import { keepTheme } from "./shell/pageTheme";
import { begin } from "./shell/session";

keepTheme("ward");
void begin();
void open(<HospitalPage />);
keepShell("/hospital-worker.js", "/hospital");
