/** The map is four fifths of the code: the boards are at work before it is here, and without it. */
import { store } from "../live";
import { whenShown } from "./later";

/** Reading so much code holds up whatever else a page begins with: it waits until the first rows stand there, painted. */
const rowsStand = new Promise<void>((done) => {
  const leave = store.subscribe("seq", () => {
    leave();
    setTimeout(done);
  });
});

export const MapPanel = whenShown(async () => {
  await rowsStand;
  return (await import("../map/MapPanel")).MapPanel;
});
