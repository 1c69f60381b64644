/** A fold below the advice: what sending one unit or another means for the calls of the next hour. Opt-in, advice only. */
import { Suspense, useState } from "react";

import { whenShown } from "../shell/later";
import { useText } from "../text/i18n";
import "./aheadTexts";
import "./ahead.css";

const Outlooks = whenShown(() => import("./Outlooks").then((part) => part.Outlooks));

export function LookAhead({ incident }: { incident: string }) {
  const { t } = useText();
  const [open, setOpen] = useState(false);
  return (
    <details className="ahead" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t("ahead.title")} <small>{t("ahead.tag")}</small></summary>
      {open && <div className="ahead-room"><Suspense fallback={<p>{t("ahead.reckoning")}</p>}><Outlooks incident={incident} /></Suspense></div>}
    </details>
  );
}
