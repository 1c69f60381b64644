/** Words of the door, for each of its parts that is loaded later. */
import { en, vi } from "virtual:texts/gate";

import { addTexts } from "../text/i18n";

addTexts({ vi, en });
