/** The words of what is opened on the desk come with the first part that says them. */
import { en, vi } from "virtual:texts/opened";

import { addTexts } from "./i18n";

addTexts({ vi, en });
