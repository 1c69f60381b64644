/** A button that asks once more before it acts. */
import { useEffect, useRef, useState } from "react";

import { useText } from "../text/i18n";

export function Sure({ words, sure, act }: { words: string; sure: string; act: () => void }) {
  const { t } = useText();
  const [asked, setAsked] = useState(false);
  const no = useRef<HTMLButtonElement>(null);
  useEffect(() => { if (asked) no.current?.focus(); }, [asked]);
  if (!asked) return <button type="button" onClick={() => setAsked(true)}>{words}</button>;
  return (
    <span className="admin-sure" role="group" aria-label={words}>
      {sure}{" "}
      <button type="button" className="danger" onClick={() => { setAsked(false); act(); }}>{words}</button>{" "}
      <button type="button" ref={no} onClick={() => setAsked(false)}>{t("admin.no")}</button>
    </span>
  );
}
