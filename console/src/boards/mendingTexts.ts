/** The words of what is put right come with the first part that says them. */
import { en, vi } from "virtual:texts/mending";

import { addTexts } from "../text/i18n";

addTexts({ vi, en });
