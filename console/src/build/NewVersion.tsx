/** One calm line above the page when the server has another build. Whoever sits here reloads, when it suits. */
import { useEffect, useState } from "react";

import { useCell } from "../store/cell";
import { useText } from "../text/i18n";
import { halfTyped } from "./halfTyped";
import { newer, ours } from "./newer";
import "./build.css";

const UNATTENDED_MS = 60_000;
const RELOADED = "vigil.reloaded";

/** unattended : nobody sits at this page: it reloads by itself, once, while nothing is typed */
export function NewVersion({ unattended = false }: { unattended?: boolean }) {
  const { t } = useText();
  const shown = useCell(newer);
  const [asked, setAsked] = useState(false);
  useEffect(() => {
    document.body.classList.toggle("has-newer", shown);
    if (!shown) setAsked(false);
    return () => document.body.classList.remove("has-newer");
  }, [shown]);
  useEffect(() => {
    if (!shown || !unattended || sessionStorage.getItem(RELOADED) === ours()) return;
    const timer = setInterval(() => {
      if (halfTyped()) return;
      clearInterval(timer);
      sessionStorage.setItem(RELOADED, ours()); // where this same page comes again, it is not asked for without end
      location.reload();
    }, UNATTENDED_MS);
    return () => clearInterval(timer);
  }, [shown, unattended]);
  return (
    <div className="new-version" role="status">
      {shown && !asked && <>{t("build.newer")}{" "}
        <button type="button" onClick={() => (halfTyped() ? setAsked(true) : location.reload())}>{t("build.reload")}</button></>}
      {shown && asked && <>{t("build.typed")}{" "}
        <button type="button" onClick={() => location.reload()}>{t("build.anyway")}</button>{" "}
        <button type="button" onClick={() => setAsked(false)}>{t("build.later")}</button></>}
    </div>
  );
}
