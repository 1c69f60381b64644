/** What only the hospital's pages say. */
import { en, vi } from "virtual:texts/ward";

import { addTexts } from "../text/i18n";

addTexts({ vi, en });
