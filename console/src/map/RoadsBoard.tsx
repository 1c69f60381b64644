/** What hinders the roads, on a board that stands where the map would be. */
import "./map.css";
import "./texts";

import { RoadsPanel } from "./RoadsPanel";

export const RoadsBoard = () => <RoadsPanel map={false} />;
