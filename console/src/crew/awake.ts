/** The screen stays on while the crew is on duty, where the phone allows it. A phone lets go of it with each glance away. */
import { useEffect } from "react";

export function useAwake(wanted: boolean): void {
  useEffect(() => {
    if (!wanted || !("wakeLock" in navigator)) return;
    let held: WakeLockSentinel | null = null;
    let over = false;
    const ask = async () => {
      if (document.hidden || (held && !held.released)) return;
      const got = await navigator.wakeLock.request("screen").catch(() => null); // low battery: the phone says no
      if (over) return void got?.release();
      if (!got) return;
      void held?.release(); // two glances in quick succession got one each
      held = got;
    };
    const glance = () => void ask();
    glance();
    document.addEventListener("visibilitychange", glance);
    return () => {
      over = true;
      document.removeEventListener("visibilitychange", glance);
      void held?.release();
    };
  }, [wanted]);
}
