/** Removes a simulation that is over, at the second press: its report and rows go with it. */
import { useState } from "react";

import { Notice, useTrouble } from "../shell/Notice";
import { useText } from "../text/i18n";
import { forget } from "../wire/simulations";

export function Forget({ id, gone }: { id: string; gone: () => void }) {
  const { t } = useText();
  const [sure, setSure] = useState(false);
  const { trouble, attempt } = useTrouble();
  if (!sure) return <button type="button" className="quiet" onClick={() => setSure(true)}>{t("planner.forget")}</button>;
  return (
    <span className="with-button forget" role="group" aria-label={t("planner.forget")}>{t("planner.forget_sure")}
      <button type="button" className="danger" onClick={() => void attempt(() => forget(id)).then((done) => done && gone())}>{t("planner.forget_yes")}</button>
      <button type="button" autoFocus onClick={() => setSure(false)}>{t("planner.cancel")}</button><Notice trouble={trouble} /></span>
  );
}
