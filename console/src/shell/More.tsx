/** How many of a list lie out of sight, and one press to look on. Nothing where all is in sight. */
import { useLayoutEffect, useState, type RefObject } from "react";

import { useText, type Key } from "../text/i18n";

/** So much of a line may be cut and it can still be read, px. */
const SPARE_PX = 6;

type Props = {
  list: RefObject<HTMLElement | null>;
  /** Which of its children count. */
  of: string;
  say: Key;
};

export function More({ list, of, say }: Props) {
  const { t } = useText();
  const [{ above, below }, setHidden] = useState({ above: 0, below: 0 });
  useLayoutEffect(() => {
    const box = list.current;
    if (!box) return;
    const look = () => {
      const { top, bottom } = box.getBoundingClientRect();
      const places = [...box.querySelectorAll(of)].map((one) => one.getBoundingClientRect());
      const now = { above: places.filter((one) => one.top < top - SPARE_PX).length, below: places.filter((one) => one.bottom > bottom + SPARE_PX).length };
      setHidden((before) => (before.above === now.above && before.below === now.below ? before : now));
    };
    look();
    const resized = new ResizeObserver(look);
    resized.observe(box);
    box.addEventListener("scroll", look, { passive: true });
    return () => {
      resized.disconnect();
      box.removeEventListener("scroll", look);
    };
  }); // after each drawing: lines come and go
  const count = above + below;
  if (count === 0) return null;
  /** On by what is in sight, and from the end back to the first. */
  const on = () => {
    const box = list.current!;
    if (below > 0) box.scrollBy({ top: box.clientHeight });
    else box.scrollTo({ top: 0 });
  };
  return (
    <button type="button" className="more" title={t(say, { count })} aria-label={t(say, { count })} onClick={on}>
      <span aria-hidden="true">{below > 0 ? "▼" : "▲"} +{count}</span>
    </button>
  );
}
