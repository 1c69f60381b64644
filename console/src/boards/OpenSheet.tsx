/** The open incidents on paper: for the moment when no screen works, and for the room next door. As last known, and it says of when. */
import { useEffect, useState } from "react";
import { flushSync } from "react-dom";

import "../shell/deskTexts";
import { link, useLink, useRows } from "../live";
import { clock } from "../live/clock";
import { callsInOrder, inOrder as inQueueOrder, waits } from "../queue/order";
import { takeKeys } from "../shell/keys";
import { PRINT_KEY } from "../shell/printing";
import { session } from "../shell/session";
import { useCell } from "../store/cell";
import { since, span, timeAndDay, timeOfDay } from "../text/format";
import { known, useText } from "../text/i18n";
import type { HospitalRow, IncidentRow } from "../wire/rows";
import { bedKinds } from "./bedKinds";
import { inOrderSent } from "./milestones";

const ENDED = ["clear", "declined", "stood_down"];

/** Drawn in the moment of printing, from what this window holds: no server is asked. */
export function OpenSheet() {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    const before = () => flushSync(() => setPrinting(true));
    const after = () => setPrinting(false);
    addEventListener("beforeprint", before);
    addEventListener("afterprint", after);
    const keys = takeKeys({ [PRINT_KEY]: () => print() });
    return () => {
      removeEventListener("beforeprint", before);
      removeEventListener("afterprint", after);
      keys();
    };
  }, []);
  return printing ? <Paper /> : null;
}

function Paper() {
  const { t, say, language } = useText();
  const { city, me } = useCell(session);
  const zone = city!.timezone;
  const live = useLink() === "live";
  const now = clock.now();
  const incidents = inQueueOrder(useRows("incidents"));
  const calls = callsInOrder(useRows("calls"), now);
  const units = useRows("units").filter((unit) => unit.status === "AV").map((unit) => unit.callsign)
    .sort(new Intl.Collator("en", { numeric: true }).compare);
  const hospitals = useRows("hospitals");
  return (
    <article className="paper light">
      <header>
        <h1>{city!.emergency_number} · {say(city!.name)}: {t("paper.title")}</h1>
        <p>{city!.demo && <b>{t("demo.banner")} · </b>}{t("paper.printed", { time: timeAndDay(new Date(now).toISOString(), zone, language, 0), who: me!.username })}</p>
        {!live && <p className="paper-old"><b>■ {t("paper.old", { time: timeOfDay(link.lastHeard, zone) })}</b></p>}
      </header>
      {incidents.length === 0 && <p><b>{t("paper.no_incidents")}</b></p>}
      {incidents.length > 0 && <table>
        <caption>{t("paper.incidents", { count: incidents.length, waiting: incidents.filter(waits).length })}</caption>
        <thead><tr>{(["number", "since", "what", "where", "units", "notes"] as const).map((head) => <th key={head} scope="col">{t(`paper.${head}`)}</th>)}</tr></thead>
        <tbody>{incidents.map((incident) => <Incident key={incident.id} incident={incident} now={now} />)}</tbody>
      </table>}
      {calls.length > 0 && <table>
        <caption>{t("queue.calls", { count: calls.length })}</caption>
        <tbody>{calls.map(({ call }) => (
          <tr key={call.id}><td>{timeOfDay(call.received_at, zone)}</td><td>{call.phone} {call.caller_name}</td><td>{call.complaint}</td><td>{call.address}</td><td className="paper-blank" /></tr>
        ))}</tbody>
      </table>}
      <p><b>{t("paper.free", { count: units.length })}</b>{units.length > 0 && `: ${units.join(", ")}`}</p>
      <table>
        <caption>{t("hospitals.title")}</caption>
        <tbody>{hospitals.map((row) => <Hospital key={row.id} row={row} diverting={hospitals.some((one) => one.diversion)} />)}</tbody>
      </table>
    </article>
  );
}

function Incident({ incident, now }: { incident: IncidentRow; now: number }) {
  const { t, say } = useText();
  const zone = useCell(session).city!.timezone;
  const calls = useRows("calls").filter((call) => incident.call_ids.includes(call.id));
  const runs = inOrderSent(incident.runs.filter((run) => !ENDED.includes(run.status)), (run) => run.assigned_at);
  const hospitals = useRows("hospitals");
  const codeOf = (id: string | null) => hospitals.find((one) => one.id === id)?.code;
  return (
    <tr>
      <td><b>{incident.priority}</b> #{incident.number}</td>
      <td>{timeOfDay(incident.opened_at, zone, false)}<br />{waits(incident) && <b>{t("paper.waits", { time: span(since(incident.waiting_since ?? incident.opened_at, now / 1000)) })}</b>}</td>
      <td>{incident.complaint}{incident.determinant_title && ` (${say(incident.determinant_title)})`} · {t("incident.patients", { count: incident.patients })}
        {incident.danger && <><br /><b>■ {incident.danger}</b></>}</td>
      <td>{incident.address}<br /><small>{incident.position.lat.toFixed(5)}, {incident.position.lon.toFixed(5)}</small>
        {calls.length > 0 && <><br /><small>{calls.map((call) => call.phone).join(", ")}</small></>}</td>
      <td>{runs.map((run) => <div key={run.run_id}><b>{run.callsign}</b> {known(t, "run", run.status)}{codeOf(run.hospital_id) && ` → ${codeOf(run.hospital_id)}`}</div>)}</td>
      <td className="paper-blank" />
    </tr>
  );
}

/** `diverting` : somebody does, so that the column is there. */
function Hospital({ row, diverting }: { row: HospitalRow; diverting: boolean }) {
  const { t, language } = useText();
  const zone = useCell(session).city!.timezone;
  const kinds = bedKinds(row);
  const oldest = kinds.map((kind) => row.beds[kind]!.reported_at).filter((at) => at !== null).sort()[0];
  return (
    <tr>
      <td><b>{row.code}</b> {language === "en" ? row.name_en || row.name : row.name}</td>
      <td>{kinds.map((kind) => `${known(t, "bed", kind)} ${row.beds[kind]!.free}/${row.beds[kind]!.staffed}`).join(" · ")}</td>
      <td>{oldest ? timeAndDay(oldest, zone, language, clock.now() / 1000) : t("age.never")}</td>
      {diverting && <td>{row.diversion && <b>■ {t("hospital.diverting_until", { time: timeOfDay(row.diversion.until, zone, false) })}</b>}</td>}
    </tr>
  );
}
