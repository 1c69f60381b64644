/** The button for looks and windows, in the line on top. What it opens comes later than the page. */
import { Suspense, useCallback, useRef, useState } from "react";

import { useText } from "../text/i18n";
import { later } from "./later";

const DisplayMenu = later(() => import("./DisplayMenu").then((part) => part.DisplayMenu));

export function Display() {
  const { t } = useText();
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = useCallback(() => {
    setOpen(false);
    button.current?.focus();
  }, []);
  return (
    // Whoever goes on to something else has done with it: nothing that is turned to lies below it.
    <span className="display" onBlur={({ currentTarget, relatedTarget }) => { if (relatedTarget && !currentTarget.contains(relatedTarget)) setOpen(false); }}>
      <button ref={button} type="button" className="quiet" aria-expanded={open} onClick={() => setOpen(!open)}>{t("display.open")}</button>
      {open && <Suspense fallback={null}><DisplayMenu close={close} /></Suspense>}
    </span>
  );
}
