/** The words of windows, looks, areas and the sheet come with the first part that says them. */
import { en, vi } from "virtual:texts/desk";

import { addTexts } from "../text/i18n";

addTexts({ vi, en });
