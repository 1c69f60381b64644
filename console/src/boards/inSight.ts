/** A form that was asked for must not open below the edge of its panel. */
import { useEffect, useRef, type RefObject } from "react";

export function useInSight<E extends HTMLElement>(again?: unknown): RefObject<E | null> {
  const box = useRef<E>(null);
  useEffect(() => { box.current?.scrollIntoView?.({ block: "nearest" }); }, [again]);
  return box;
}
