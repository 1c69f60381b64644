/** Words to a crew, and whether its phone has shown them to somebody: what was not read is said by radio. */
import { useMemo, useState, type FormEvent } from "react";

import { useRows } from "../live";
import { OneOrder } from "../recommend/oneOrder";
import { Notice, useTrouble } from "../shell/Notice";
import { session } from "../shell/session";
import { useCell } from "../store/cell";
import { usePending, waiting } from "../store/pending";
import { timeOfDay } from "../text/format";
import { useText } from "../text/i18n";
import { writeTo } from "../wire/field";
import { freshId } from "../wire/ids";
import "./mendingTexts";

/** As the server takes it. */
const LONGEST = 300;
const SHOWN = 3;

/** The newest of those sent during a run. */
export function MessagesOf({ run }: { run: string }) {
  const { t } = useText();
  const zone = useCell(session).city!.timezone;
  const all = useRows("messages");
  const own = useMemo(() => all.filter((row) => row.run_id === run)
    .sort((a, b) => a.sent_at.localeCompare(b.sent_at)).slice(-SHOWN), [all, run]);
  if (own.length === 0) return null;
  return (
    <ul className="messages" aria-label={t("message.title")}>
      {own.map((row) => (
        <li key={row.id} className={row.read_at ? "read" : "unread"}>
          <time>{timeOfDay(row.sent_at, zone, false)}</time> <span className="words">“{row.words}”</span>{" "}
          <b>{row.read_at ? `✓ ${t("message.read", { time: timeOfDay(row.read_at, zone, false) })}` : `◌ ${t("message.unread")}`}</b>
        </li>
      ))}
    </ul>
  );
}

export function MessageForm({ callsign, done }: { callsign: string; done: () => void }) {
  const { t } = useText();
  const [words, setWords] = useState("");
  const [one] = useState(() => new OneOrder<string>()); // tried again it is the same message
  const { trouble, complain, attempt } = useTrouble();
  const key = `message:${callsign}`;
  const sending = usePending(key);

  async function submit(event: FormEvent) {
    event.preventDefault();
    const text = words.trim();
    if (text === "") return complain(t("message.needs"));
    if (await attempt(() => waiting.give(key, () => one.give(text, freshId, (id) => writeTo(callsign, id, text))))) done();
  }

  return (
    <form className="mending message-form" onSubmit={submit} noValidate
      onKeyDown={(event) => { if (event.key === "Escape") { event.stopPropagation(); done(); } }}>
      <div className="with-button">
        <input value={words} onChange={(event) => setWords(event.target.value)} autoFocus maxLength={LONGEST}
          placeholder={t("message.to", { callsign })} aria-label={t("message.to", { callsign })} />
        <button disabled={sending}>{t("message.send")}</button>
        <button type="button" className="quiet" onClick={done}>{t("message.cancel")}</button>
      </div>
      <Notice trouble={trouble} />
    </form>
  );
}
