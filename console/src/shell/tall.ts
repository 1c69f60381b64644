/** Tells the styles how tall a bar is that stays in sight: nothing is scrolled to behind it. */
import { useCallback } from "react";

export function useTall(name: `--${string}`): (bar: HTMLElement | null) => (() => void) | undefined {
  return useCallback((bar: HTMLElement | null) => {
    if (!bar) return;
    const style = document.documentElement.style;
    const measured = new ResizeObserver(() => style.setProperty(name, `${Math.ceil(bar.getBoundingClientRect().height)}px`));
    measured.observe(bar);
    return () => {
      measured.disconnect();
      style.removeProperty(name);
    };
  }, [name]);
}
