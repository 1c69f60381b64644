import "./shell/fonts.css";
import "./shell/tokens.css";
import "./shell/base.css";
import "./hospital/hospital.css";
import "./patients/patients.css";
import "./transfers/transfers.css";

import { I18nProvider } from "@lingui/react";
import { createRoot } from "react-dom/client";

import { HospitalPage } from "./hospital/HospitalPage";
import { begin } from "./shell/session";
import { i18n } from "./text/i18n";

createRoot(document.getElementById("root")!).render(<I18nProvider i18n={i18n}><HospitalPage /></I18nProvider>);
void begin();
