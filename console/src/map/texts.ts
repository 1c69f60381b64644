/** The words of the map, for each of its parts that is loaded alone. */
import { en, vi } from "virtual:texts/map";

import { addTexts } from "../text/i18n";

addTexts({ vi, en });
