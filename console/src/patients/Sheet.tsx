/** A panel over the map, which stays as it was beneath. No modal: everything beside it goes on working. */
import { useEffect, useRef, type ReactNode } from "react";

import { useText } from "../text/i18n";
import { openSheet } from "./openSheet";

export function Sheet({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useText();
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a screen of one column it would open out of sight.
    if (matchMedia("(max-width: 1000px)").matches) panel.current?.scrollIntoView({ block: "start" });
  }, []);
  useEffect(() => {
    // Also when what had the focus is gone; but a key pressed in another panel is that panel's.
    const leave = (event: KeyboardEvent) => {
      const at = event.target as Node;
      if (event.key === "Escape" && (at === document.body || panel.current?.contains(at))) openSheet.set(null);
    };
    addEventListener("keydown", leave);
    return () => removeEventListener("keydown", leave);
  }, []);
  return (
    <section ref={panel} className="panel sheet" aria-label={title}>
      <header className="panel-head">
        <h2>{title}</h2>
        <button type="button" className="quiet" onClick={() => openSheet.set(null)}>{t("sheet.close")} <kbd>Esc</kbd></button>
      </header>
      {children}
    </section>
  );
}
