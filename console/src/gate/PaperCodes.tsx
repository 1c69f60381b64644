/** Shown once, after a phone was set up: the codes for when the phone is lost. */
import "./texts";
import "./gate.css";

import { useEffect, useRef } from "react";
import { createPortal } from "react-dom";

import { useText } from "../text/i18n";

export function PaperCodes({ codes, username, done }: { codes: string[]; username: string; done: () => void }) {
  const { t } = useText();
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  return (
    <section className="gate-paper">
      <h2 ref={title} tabIndex={-1}>{t("gate.paper")}: {username}</h2>
      <p>{t("gate.paper_why")}</p>
      <ol>{codes.map((code) => <li key={code}><code>{code}</code></li>)}</ol>
      <div className="gate-buttons">
        <button type="button" onClick={() => print()}>{t("gate.print")}</button>
        <button type="button" className="primary" onClick={done}>{t("gate.kept")}</button>
      </div>
      {createPortal(<Sheet codes={codes} username={username} />, document.body)}
    </section>
  );
}

/** What is printed: this alone, wherever the codes stand on the screen. */
function Sheet({ codes, username }: { codes: string[]; username: string }) {
  const { t } = useText();
  return (
    <div className="gate-sheet">
      <h1>Vigil · {t("gate.paper")}: {username}</h1>
      <p>{t("gate.paper_why")}</p>
      <ol>{codes.map((code) => <li key={code}><code>{code}</code></li>)}</ol>
    </div>
  );
}
