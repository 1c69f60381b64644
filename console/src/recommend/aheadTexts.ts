/** The words of the look ahead come with the advice. */
import { en, vi } from "virtual:texts/ahead";

import { addTexts } from "../text/i18n";

addTexts({ vi, en });
