/** What a desk must know of the road times besides rows: which weights are in use, and what is wrong with them. */
import { useSyncExternalStore } from "react";

import { Cell } from "../store/cell";
import type { Alarm, Frame } from "../wire/rows";

export type RoadsNow = {
  /** The name of the weights in use; null until the server said it. */
  version: string | null;
  /** How often they changed while this page was open, for whatever reason. */
  renewals: number;
  /** How often they changed because somebody spoke of the roads. */
  orders: number;
};

type TrafficFrame = Extract<Frame, { type: "traffic" }>;

export class Roads {
  readonly now = new Cell<RoadsNow>({ version: null, renewals: 0, orders: 0 });
  readonly alarms = new Cell<Alarm[]>([]);

  hear(frame: TrafficFrame): void {
    const { version, renewals, orders } = this.now.get();
    if (frame.traffic_version === version) return;
    // The first one only says how things stand. One that differs after a cut line stands for what was missed.
    const news = version === null ? 0 : 1;
    const spoken = frame.cause === "time" ? 0 : news;
    this.now.set({ version: frame.traffic_version, renewals: renewals + news, orders: orders + spoken });
  }
}

export const roads = new Roads();

export function useRoads(): RoadsNow {
  return useSyncExternalStore(roads.now.subscribe, roads.now.get);
}
