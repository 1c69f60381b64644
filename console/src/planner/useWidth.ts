/** How wide an element stands on the page, so that what is drawn in it is as wide and its letters stay as they are. */
import { useEffect, useRef, useState, type RefObject } from "react";

export function useWidth<E extends Element>(first: number): [RefObject<E | null>, number] {
  const box = useRef<E>(null);
  const [width, setWidth] = useState(first);
  useEffect(() => {
    if (!box.current || typeof ResizeObserver === "undefined") return;
    const watch = new ResizeObserver(([entry]) => { if (entry) setWidth(Math.max(160, Math.round(entry.contentRect.width))); });
    watch.observe(box.current);
    return () => watch.disconnect();
  }, []);
  return [box, width];
}
