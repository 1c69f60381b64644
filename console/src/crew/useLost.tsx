/** A tap that could not even be kept on the phone must be seen at once: the crew still has its radio. */
import { useState, type ReactNode } from "react";

import { useText } from "../text/i18n";

export function useLost(): { lost: ReactNode; keep: (kept: Promise<void>) => void } {
  const { t } = useText();
  const [failed, setFailed] = useState(false);
  const keep = (kept: Promise<void>) => {
    kept.then(() => setFailed(false), () => setFailed(true));
  };
  return { lost: failed ? <p className="refused" role="alert">■ {t("crew.lost_tap")}</p> : null, keep };
}
