/** The map is four fifths of the code: the boards are at work before it is here, and without it. */
import { store } from "../live";
import { whenShown } from "./later";
import { noMapAsked } from "./noMap";

/** Reading so much code holds up whatever else a page begins with: it waits until the first rows stand there, painted. */
const rowsStand = new Promise<void>((done) => {
  const leave = store.subscribe("seq", () => {
    leave();
    setTimeout(done);
  });
});

export const MapPanel = noMapAsked ? whenShown(async () => (await import("../map/NoMap")).NoMap) : whenShown(async () => {
  await rowsStand;
  return (await import("../map/MapPanel")).MapPanel;
});
