/** The one store and the one link of this window. */
import { useSyncExternalStore } from "react";

import { Store, type Table } from "../store/store";
import * as api from "../wire/api";
import type { Tables } from "../wire/rows";
import { clock } from "./clock";
import { Link, type LinkState } from "./link";
import { positions } from "./positions";
import { roads } from "./roads";

export const store = new Store();
export const link = new Link(store, clock, positions, {
  check: api.me,
  snapshot: api.snapshot,
  socket: (after) => {
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    return new WebSocket(`${scheme}://${location.host}/api/v1/live?after=${after}`);
  },
}, roads);

export function useRows<K extends Table>(table: K): Tables[K][] {
  return useSyncExternalStore((listener) => store.subscribe(table, listener), () => store.all(table));
}

export function useRow<K extends Table>(table: K, id: string | null | undefined): Tables[K] | undefined {
  return useSyncExternalStore((listener) => store.subscribe(table, listener), () => store.one(table, id));
}

export function useSeq(): number {
  return useSyncExternalStore((listener) => store.subscribe("seq", listener), () => store.seq);
}

export function useLink(): LinkState {
  return useSyncExternalStore(link.subscribe, () => link.state);
}
