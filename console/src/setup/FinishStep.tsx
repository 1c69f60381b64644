/** The end: a drill on real road times first, or live at once. Then the same address is the sign-in. */
import { useState } from "react";

import { Notice, useTrouble } from "../shell/Notice";
import { useText } from "../text/i18n";
import { tell } from "./wire";

const ASK_MS = 700;

export function FinishStep() {
  const { t } = useText();
  const { trouble, attempt } = useTrouble();
  const [opening, setOpening] = useState(false);

  async function finish(drill: boolean) {
    setOpening(true);
    if (!(await attempt(() => tell("POST", "/finish", { drill })))) return setOpening(false);
    while (!(await fetch("/readyz").then((answer) => answer.ok, () => false))) {
      await new Promise((done) => setTimeout(done, ASK_MS));
    }
    sessionStorage.clear();
    location.assign("/");
  }

  if (opening) return <p className="setup-progress" role="status">{t("finish.opening")}<progress aria-label={t("finish.opening")} /></p>;
  return (
    <div className="setup-form">
      <p>{t("finish.why")}</p>
      <p>{t("finish.how")}</p>
      <Notice trouble={trouble} />
      <div className="setup-ends">
        <button type="button" className="primary setup-go" onClick={() => void finish(true)}>{t("finish.drill")}</button>
        <button type="button" onClick={() => void finish(false)}>{t("finish.live")}</button>
      </div>
    </div>
  );
}
