/** A long list of rows of one height: only those in sight are drawn, so two thousand cost what thirty do. */
import { useLayoutEffect, useRef, useState, type ReactNode } from "react";

/** Shorter lists are drawn whole: they are searched by the browser and printed like any text. */
const WHOLE = 120;
/** Rows kept ready above and below what is in sight. */
const SPARE = 12;

type Props<T> = {
  items: T[];
  keyOf: (item: T) => string;
  /** `place` : which of how many it is, to be told where not all are drawn. */
  row: (item: T, place: { "aria-posinset": number; "aria-setsize": number }) => ReactNode;
  /** Instead of rows, where there are none. */
  none: ReactNode;
};

export function Rows<T>({ items, keyOf, row, none }: Props<T>) {
  const box = useRef<HTMLDivElement>(null);
  const [height, setHeight] = useState(27);
  const [sight, setSight] = useState({ top: 0, tall: 1200 });
  const long = items.length > WHOLE;

  useLayoutEffect(() => {
    const scroller = box.current;
    if (!scroller || !long) return;
    const look = () => {
      // One row tells for all: its height follows the size of the letters.
      const drawn = scroller.querySelector<HTMLElement>("[role=listitem]")?.getBoundingClientRect().height;
      if (drawn) setHeight(drawn);
      setSight({ top: scroller.scrollTop, tall: scroller.clientHeight });
    };
    look();
    const resized = new ResizeObserver(look);
    resized.observe(scroller);
    scroller.addEventListener("scroll", look, { passive: true });
    return () => {
      resized.disconnect();
      scroller.removeEventListener("scroll", look);
    };
  }, [long]);

  const from = long ? Math.max(0, Math.floor(sight.top / height) - SPARE) : 0;
  const until = long ? Math.min(items.length, Math.ceil((sight.top + sight.tall) / height) + SPARE) : items.length;
  return (
    <div className="scroll" role={items.length > 0 ? "list" : undefined} ref={box}>
      {long && <div aria-hidden="true" style={{ height: from * height }} />}
      {items.slice(from, until).map((item, index) => (
        <Keyed key={keyOf(item)}>{row(item, { "aria-posinset": from + index + 1, "aria-setsize": items.length })}</Keyed>
      ))}
      {long && <div aria-hidden="true" style={{ height: (items.length - until) * height }} />}
      {items.length === 0 && none}
    </div>
  );
}

function Keyed({ children }: { children: ReactNode }) {
  return children;
}
