import { en, vi } from "virtual:texts/setup";

import { addTexts } from "../text/i18n";

addTexts({ vi, en });
