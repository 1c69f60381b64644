/** How this desk looks and where its windows stand. No modal: the desk goes on working beside it. */
import { useEffect, useRef, useState } from "react";

import "./deskTexts";
import { useCell } from "../store/cell";
import { useText } from "../text/i18n";
import { looks, SIZES } from "./looks";
import { openedBefore, openWindows } from "./placing";
import { PRINT_KEY } from "./printing";
import { session } from "./session";
import { thisWindow, WINDOWS, type WindowName } from "./windows";

export function DisplayMenu({ close }: { close: () => void }) {
  const { t } = useText();
  const { theme, size, map } = useCell(looks);
  const user = useCell(session).me!.username;
  const [forbidden, setForbidden] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.querySelector<HTMLElement>("button, input")?.focus();
    const leave = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.defaultPrevented || !box.current?.contains(event.target as Node)) return;
      event.preventDefault();
      close();
    };
    addEventListener("keydown", leave);
    return () => removeEventListener("keydown", leave);
  }, [close]);

  async function show(names: WindowName[]) {
    const opened = await openWindows(user, names);
    setForbidden(!opened);
    // Two maps cost twice as much: the one on the other monitor takes the place of this one.
    if (opened && names.includes("map")) looks.change({ map: false });
  }

  const before = openedBefore(user);
  return (
    <div ref={box} className="panel display-menu" role="group" aria-label={t("display.title")}>
      <div className="display-line"><span>{t("display.theme")}</span>
        <span className="segments">{(["dark", "light"] as const).map((one) => (
          <button key={one} type="button" aria-pressed={theme === one} onClick={() => looks.change({ theme: one })}>{t(`display.${one}`)}</button>
        ))}</span></div>
      <div className="display-line"><span>{t("display.size")}</span>
        <span className="segments">{SIZES.map((one) => (
          <button key={one} type="button" aria-pressed={size === one} onClick={() => looks.change({ size: one })}>{Math.round(one * 100)}%</button>
        ))}</span></div>
      {thisWindow() === null && <>
        <div className="display-line"><span>{t("display.map")}</span>
          <span className="segments">{[true, false].map((one) => (
            <button key={String(one)} type="button" aria-pressed={map === one} onClick={() => looks.change({ map: one })}>{t(one ? "display.map_open" : "display.map_closed")}</button>
          ))}</span></div>
        <h3 className="sub-head">{t("display.windows")}</h3>
        <div className="display-windows">
          {WINDOWS.map((name) => <button key={name} type="button" onClick={() => void show([name])}>{t(`window.${name}`)}</button>)}
        </div>
        {before.length > 1 && <button type="button" onClick={() => void show(before)}>{t("display.as_before", { count: before.length })}</button>}
        {forbidden && <p className="notice" role="alert"><span aria-hidden="true">■ </span>{t("display.forbidden")}</p>}
        <button type="button" onClick={() => { close(); setTimeout(() => print(), 0); }}>{t("display.print")} <kbd>{PRINT_KEY}</kbd></button>
      </>}
      <button type="button" className="quiet" onClick={close}>{t("sheet.close")} <kbd>Esc</kbd></button>
    </div>
  );
}
