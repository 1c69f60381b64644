/** Who goes to which hospital: proposed by the server, changed by hand where wanted, and held in one save. */
import { useEffect, useRef, useState } from "react";

import { useRow } from "../live";
import { clock } from "../live/clock";
import { Notice, useTrouble } from "../shell/Notice";
import { session } from "../shell/session";
import { useCell } from "../store/cell";
import { usePending, waiting } from "../store/pending";
import { timeOfDay } from "../text/format";
import { bedName, useText } from "../text/i18n";
import * as care from "../wire/care";
import { freshId } from "../wire/ids";
import type { PatientRow } from "../wire/rows";
import { Refusal } from "../wire/send";
import { BedChoice } from "./BedChoice";
import { ColourBadge } from "./ColourBadge";
import { inOrderOfNeed } from "./colours";
import { LoadLine } from "./LoadLine";
import { bound, proposed, type Choice } from "./spreading";
import { lacksPlace } from "./usePatients";

type Proposal = { spread: care.Spread; choices: Choice[]; at: number; id: string };

export function Spread({ incident, rows, done }: { incident: string; rows: PatientRow[]; done: () => void }) {
  const { t, language } = useText();
  const { city } = useCell(session);
  const [proposal, setProposal] = useState<Proposal | null>(null);
  const [failed, setFailed] = useState<string[]>([]);
  const [opened, setOpened] = useState<string | null>(null);
  const { trouble, attempt } = useTrouble();
  const key = `spread:${incident}`;
  const sending = usePending(key);

  async function ask() {
    const spread = await attempt(() => care.proposeSpread(incident));
    if (!spread) return;
    const colourOf = (id: string) => rows.find((row) => row.id === id)?.category ?? null;
    setFailed([]);
    setOpened(null);
    setProposal({ spread, choices: proposed(spread.sent, spread.unplaced, colourOf), at: clock.now(), id: freshId() });
  }
  // Once by itself; from then on when it is asked for, so that nothing changes under the hand.
  const first = useRef(ask);
  useEffect(() => void first.current(), []);

  if (proposal === null) {
    return trouble
      ? <div className="spread-head"><Notice trouble={trouble} /><button type="button" onClick={() => void ask()}>{t("spread.again")}</button></div>
      : <p className="nothing" role="status">{t("spread.asking")}</p>;
  }
  const { spread, choices } = proposal;
  const sent = bound(choices);
  const fresh = rows.filter(lacksPlace).some((row) => !choices.some((one) => one.patient_id === row.id));
  const loads = spread.hospitals.filter((load) => load.bound > 0 || choices.some((one) => one.hospital_id === load.hospital_id));
  const others = spread.hospitals.filter((load) => !loads.includes(load));
  const nearest = spread.hospitals.map((load) => load.hospital_id);

  const change = (next: Choice) => setProposal({
    ...proposal, id: freshId(), choices: choices.map((one) => (one.patient_id === next.patient_id ? next : one)),
  });

  async function accept() {
    setFailed([]);
    const held = await attempt(() => waiting.give(key, () => care.acceptSpread(incident, proposal!.id, sent)).catch((error: unknown) => {
      if (error instanceof Refusal && Array.isArray(error.facts.failed)) setFailed(error.facts.failed as string[]);
      throw error;
    }));
    if (held) done();
  }

  return (
    <div className="spread">
      <div className="spread-head">
        <span>{t("spread.at", { time: timeOfDay(proposal.at, city!.timezone) })}</span>
        {fresh && <b className="amber"><span aria-hidden="true">▲ </span>{t("spread.more_now")}</b>}
        <span className="grow" />
        <button type="button" className="quiet" onClick={() => void ask()}>{t("spread.again")}</button>
      </div>
      <div className="scroll">
      <ul className="loads">
        {loads.map((load) => <LoadLine key={load.hospital_id} load={load} choices={choices} />)}
      </ul>
      {others.length > 0 && <details className="rejected"><summary>{t("spread.others", { count: others.length })}</summary>
        <ul className="loads">{others.map((load) => <LoadLine key={load.hospital_id} load={load} choices={choices} />)}</ul></details>}
      {choices.length === 0 && <p className="nothing">{t("spread.nobody")}</p>}
      <ul className="choices">
        {inOrderOfNeed(choices.map((one) => ({ ...one, ended_at: null }))).map((one) => (
          <li key={one.patient_id} className={failed.includes(one.patient_id) ? "failed" : ""}>
            <button type="button" className="choice-line" aria-expanded={opened === one.patient_id}
              onClick={() => setOpened(opened === one.patient_id ? null : one.patient_id)}>
              <b className="tag">{one.tag}</b><ColourBadge sort={one.category ?? "unsorted"} />
              <span className="patient-place">{one.hospital_id ? <>→ <HospitalName id={one.hospital_id} />
                {one.bed_kind && <small> · {bedName(city!.bed_kinds, one.bed_kind, language, t)}</small>}</>
                : <span className="amber"><span aria-hidden="true">▲ </span>{t("spread.unplaced")}</span>}</span>
              {failed.includes(one.patient_id) && <span className="hot">■ {t("spread.no_bed")}</span>}
              <span className="faint">{t("spread.change")}</span>
            </button>
            {opened === one.patient_id && <BedChoice place={one} none={t("spread.leave_out")} first={nearest}
              choose={(place) => change({ ...one, ...place })} />}
          </li>
        ))}
      </ul>
      {spread.staying.length > 0 && <p className="faint staying">{t("spread.staying", { tags: spread.staying.map((one) => one.tag).join(", ") })}</p>}
      </div>
      <div className="order">
        <Notice trouble={trouble} />
        <button type="button" className="send primary" disabled={sending || sent.length === 0} onClick={() => void accept()}>
          {sending ? t("sending") : t("spread.accept", { count: sent.length })}</button>
      </div>
    </div>
  );
}

function HospitalName({ id }: { id: string }) {
  const { language } = useText();
  const row = useRow("hospitals", id);
  return <>{row ? (language === "en" ? row.name_en || row.name : row.name) : id}</>;
}
