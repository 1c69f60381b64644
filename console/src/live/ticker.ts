/** One tick a second for every timer on the page, so that they all turn together. */
import { useSyncExternalStore } from "react";

import { clock } from "./clock";

const listeners = new Set<() => void>();
let second = Math.floor(clock.now() / 1000);

function tick(): void {
  const now = Math.floor(clock.now() / 1000);
  if (now !== second) {
    second = now;
    listeners.forEach((listener) => listener());
  }
}

let running: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  running ??= setInterval(tick, 200);
  return () => {
    listeners.delete(listener);
  };
}

/** The server's time in whole seconds since 1970; renders again when it changes. */
export function useSecond(): number {
  return useSyncExternalStore(subscribe, () => second);
}
