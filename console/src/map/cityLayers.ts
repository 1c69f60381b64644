/** What layers show beyond rows: asked for when somebody first wants to see it. */
import { useEffect } from "react";

import { useFleetVersion } from "../cover/fleet";
import { useLink } from "../live";
import { usePolled } from "../live/polled";
import { Cell } from "../store/cell";
import * as api from "../wire/api";
import type { CityPoint, CoverCell } from "./answers";

/** Coverage is worked out anew so often while it is looked at, ms. */
const EVERY_MS = 20_000;

export const coverCells = new Cell<CoverCell[]>([]);
export const cityPoints = new Cell<CityPoint[]>([]);
let asked = false;

/** The cells as they stand now; null until they came. */
export function useCoverCells() {
  const { value } = usePolled(api.coverageCells, EVERY_MS, useFleetVersion());
  useEffect(() => { if (value) coverCells.set(value.cells); }, [value]);
  return value;
}

/** Cameras and schools: they are what they were until the server starts anew, so once is enough. */
export function useCityPoints(): void {
  const live = useLink() === "live";
  useEffect(() => {
    if (!live || asked) return;
    asked = true;
    api.cityPoints().then(({ points }) => cityPoints.set(points), () => { asked = false; });
  }, [live]);
}
