/** Taking a call: first store it, then assess it. A stored call can be left and taken up again. */
import { Suspense } from "react";

import { later } from "../shell/later";
import { useText } from "../text/i18n";
import { useCell } from "../store/cell";
import { desk } from "./draft";
import { TakeCall } from "./TakeCall";

const AssessCall = later(() => import("./AssessCall").then((part) => part.AssessCall));

export function Intake() {
  const { t } = useText();
  const { call } = useCell(desk);
  return (
    <section className="panel intake" data-kept={call ? undefined : true} aria-label={t("intake.title")}>
      <header className="panel-head">
        <h2>{call ? t("assess.title") : t("intake.title")}</h2>
        <kbd>F2</kbd>
      </header>
      {call ? <Suspense><AssessCall key={call} id={call} /></Suspense> : <TakeCall />}
    </section>
  );
}
