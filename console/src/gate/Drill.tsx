/** The mark of a drill on every screen of the desk, and the way out of it. */
import "./texts";
import "./gate.css";

import { useState } from "react";

import { Notice, useTrouble } from "../shell/Notice";
import { useText } from "../text/i18n";
import { endDrill } from "../wire/gate";

const ASK_AGAIN_MS = 500;

export function Drill({ mayEnd }: { mayEnd: boolean }) {
  const { t } = useText();
  const { trouble, attempt } = useTrouble();
  const [step, setStep] = useState<"running" | "asked" | "ending">("running");

  async function end() {
    setStep("ending");
    const done = await attempt(async () => { await endDrill(); return true; });
    if (!done) return setStep("running");
    await opened();
    sessionStorage.clear();
    location.reload();
  }

  return (
    <div className="gate-drill">
      <strong>{t("drill.banner")}</strong>
      {mayEnd && step === "running" && <button type="button" onClick={() => setStep("asked")}>{t("drill.end")}</button>}
      {step === "asked" && (
        <span>{t("drill.sure")}{" "}
          <button type="button" className="primary" onClick={() => void end()}>{t("drill.yes")}</button>{" "}
          <button type="button" onClick={() => setStep("running")}>{t("drill.no")}</button>
        </span>
      )}
      {step === "ending" && <span role="status">{t("drill.opening")}</span>}
      <Notice trouble={trouble} />
    </div>
  );
}

/** The service goes away and comes back on its own log. */
async function opened(): Promise<void> {
  for (let away = false; ;) {
    const ready = await fetch("/readyz").then((answer) => answer.ok, () => false);
    if (away && ready) return;
    if (!ready) away = true;
    await new Promise((done) => setTimeout(done, ASK_AGAIN_MS));
  }
}
