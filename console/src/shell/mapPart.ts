/** The map is four fifths of the code: the boards are at work before it is here, and without it. */
import { whenShown } from "./later";

export const MapPanel = whenShown(() => import("../map/MapPanel").then((part) => part.MapPanel));
