import "./shell/fonts.css";
import "./shell/tokens.css";
import "./shell/base.css";
import "./crew/crew.css";

import { en, vi } from "virtual:texts/crew";

import { CrewPage } from "./crew/CrewPage";
import { openOutbox } from "./crew/errands";
import { beginCrew } from "./crew/kept";
import { keepShell } from "./offline/register";
import { open } from "./shell/open";
import { addTexts } from "./text/i18n";

addTexts({ vi, en });
openOutbox();
void beginCrew();
void open(<CrewPage />);
keepShell("/crew-worker.js", "/crew");
