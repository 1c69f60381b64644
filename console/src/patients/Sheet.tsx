/** A panel over the map, which stays as it was beneath. No modal: everything beside it goes on working. */
import { useEffect, useRef, type ReactNode } from "react";

import { useText } from "../text/i18n";
import { byKey, openSheet } from "./openSheet";

export function Sheet({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useText();
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a screen of one column it would open out of sight.
    if (matchMedia("(max-width: 1000px)").matches) panel.current?.scrollIntoView({ block: "start" });
  }, []);
  useEffect(() => {
    if (!byKey.pressed) return;
    byKey.pressed = false;
    // Whoever opened it by a key goes on by keys: in its first field, or on what can be pressed there.
    const { current } = panel;
    const first = current?.querySelector<HTMLElement>("input:enabled, select:enabled, textarea:enabled")
      ?? current?.querySelector<HTMLElement>("header ~ * button:enabled") ?? current;
    first?.focus();
  }, []);
  useEffect(() => {
    // From wherever it is pressed, except while somebody types in another panel: there the key is that panel's. An empty command line has no use for it.
    const leave = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      const at = event.target as HTMLElement;
      const empty = at.id === "command" && (at as HTMLInputElement).value === "";
      if (!empty && at.matches("input, select, textarea") && !panel.current?.contains(at)) return;
      event.preventDefault();
      openSheet.set(null);
    };
    addEventListener("keydown", leave);
    return () => removeEventListener("keydown", leave);
  }, []);
  return (
    <section ref={panel} tabIndex={-1} className="panel sheet" aria-label={title}>
      <header className="panel-head">
        <h2>{title}</h2>
        <button type="button" className="quiet" onClick={() => openSheet.set(null)}>{t("sheet.close")} <kbd>Esc</kbd></button>
      </header>
      {children}
    </section>
  );
}
