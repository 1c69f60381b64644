/** A run that is out takes its patient elsewhere: ranked from where it is now; one bed is let go, another held. */
import { useEffect, useState, type FormEvent } from "react";

import { HospitalChoice } from "../recommend/HospitalChoice";
import { Notice, useTrouble } from "../shell/Notice";
import { usePending, waiting } from "../store/pending";
import { useText } from "../text/i18n";
import type { RankedHospital } from "../wire/answers";
import { otherHospitals, redirectRun } from "../wire/mending";
import type { RunRow } from "../wire/rows";
import { useInSight } from "./inSight";

const SHOWN = 5;

export function Redirect({ run, done }: { run: RunRow; done: () => void }) {
  const { t } = useText();
  const [found, setFound] = useState<RankedHospital[] | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const { trouble, complain, attempt } = useTrouble();
  const key = `run:${run.id}`;
  const sending = usePending(key);
  const box = useInSight<HTMLFormElement>(found);

  useEffect(() => {
    let ours = true;
    void attempt(() => otherHospitals(run.id)).then((answer) => { if (ours && answer) setFound(answer.hospitals); });
    return () => { ours = false; };
  }, [attempt, run.id]);

  const others = (found ?? []).filter((one) => one.hospital_id !== run.hospital_id).slice(0, SHOWN);
  async function go(event: FormEvent) {
    event.preventDefault();
    const to = others.find((one) => one.hospital_id === chosen);
    if (!to) return complain(t("redirect.needs"));
    const order = () => redirectRun(run.id, to.hospital_id, to.bed_kind ?? undefined, reason.trim() || undefined);
    if (await attempt(() => waiting.give(key, order))) done();
  }

  return (
    <form ref={box} className="mending redirect" onSubmit={(event) => void go(event)} noValidate aria-label={t("redirect.title")}>
      {found === null && !trouble && <p className="faint">{t("redirect.asking")}</p>}
      {found !== null && others.length === 0 && <p className="faint">{t("redirect.none")}</p>}
      <fieldset className="bare"><legend className="unseen">{t("redirect.title")}</legend>
        {others.map((one) => (
          <HospitalChoice key={one.hospital_id} group={`redirect-${run.id}`} hospital={one} chosen={one.hospital_id === chosen}
            choose={() => setChosen(one.hospital_id)} />
        ))}
      </fieldset>
      {others.length > 0 && <div className="with-button">
        <input value={reason} onChange={(event) => setReason(event.target.value)} placeholder={t("redirect.reason")} aria-label={t("redirect.reason")} />
        <button disabled={sending}>{t("redirect.now", { callsign: run.callsign })}</button>
      </div>}
      <Notice trouble={trouble} />
    </form>
  );
}
