/** Changes that follow on each other's heels are one change: the first is heard at once, the rest together. */

/** Calls `hear` at most once in `pause` ms, and never drops the last word. `listen` : subscribes, answers how to leave. */
export function calmly(pause: number, hear: () => void, listen: (changed: () => void) => () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let more = false;
  const changed = () => {
    more = timer !== undefined;
    if (more) return;
    timer = setTimeout(rested, pause);
    hear();
  };
  const rested = () => {
    timer = undefined;
    if (more) changed();
  };
  const leave = listen(changed);
  return () => {
    clearTimeout(timer);
    leave();
  };
}
