/** The one store and the one link of this window. */
import { useEffect, useState, useSyncExternalStore } from "react";

import { hearBuild } from "../build/newer";
import { calmly } from "../store/calm";
import { Store, TABLES, type Table } from "../store/store";
import type { Me } from "../wire/answers";
import * as api from "../wire/api";
import type { Snapshot, Tables } from "../wire/rows";
import { clock } from "./clock";
import { Link, type LinkState } from "./link";
import { positions } from "./positions";
import { roads } from "./roads";

export const store = new Store();

let ahead: Promise<Snapshot> | null = null;

/** Asks for the snapshot before it is known who sits here: it takes longest of all that a page begins with. */
export function askAhead(): void {
  ahead = api.snapshot();
  ahead.catch(() => undefined); // told to whoever takes it
}

/** What was asked ahead, once; afterwards anew each time. */
function snapshot(): Promise<Snapshot> {
  const asked = ahead ?? api.snapshot();
  ahead = null;
  return asked;
}

let hearWho: (me: Me) => void = () => undefined;

/** Calls `listener` with whoever the server says sits here, whenever the line comes back. */
export function onWhoSits(listener: (me: Me) => void): void {
  hearWho = listener;
}

export const link = new Link(store, clock, positions, {
  check: async () => hearWho(await api.me()),
  build: hearBuild,
  snapshot,
  socket: (after) => {
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    return new WebSocket(`${scheme}://${location.host}/api/v1/live?after=${after}`);
  },
}, roads);
// For whoever looks for a fault in this window: what it holds, to be compared with what the server tells.
Object.assign(globalThis, { vigil: { store, link, tables: TABLES } });

export function useRows<K extends Table>(table: K): Tables[K][] {
  return useSyncExternalStore((listener) => store.subscribe(table, listener), () => store.all(table));
}

/** A long list is put in order at most so often, ms: a flood of changes is one change. */
const CALM_MS = 250;

/** As `useRows`, for long lists: the first change shows at once, those that follow on its heels together. */
export function useCalmRows<K extends Table>(table: K): Tables[K][] {
  const [rows, setRows] = useState(() => store.all(table));
  useEffect(() => {
    const take = () => setRows(store.all(table));
    take(); // what changed before we listened
    return calmly(CALM_MS, take, (changed) => store.subscribe(table, changed));
  }, [table]);
  return rows;
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
