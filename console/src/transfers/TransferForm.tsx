/** A bed is asked for elsewhere. `from` is fixed on a ward's tablet; at the desk it is chosen, as the ward says on the telephone. */
import { useState, type FormEvent } from "react";

import { clock } from "../live/clock";
import { Picks } from "../patients/Picks";
import { SEXES } from "../patients/AddOne";
import { PriorityChoice } from "../intake/PriorityChoice";
import { Notice, useTrouble } from "../shell/Notice";
import { session } from "../shell/session";
import { useCell } from "../store/cell";
import { usePending, waiting } from "../store/pending";
import { useText } from "../text/i18n";
import * as care from "../wire/care";
import { freshId } from "../wire/ids";
import type { Priority } from "../wire/rows";
import { useHospitalNames } from "./names";

const LATER_H = ["0", "1", "2", "4", "8"] as const;
const NOBODY = { to: "", bed: "", phone: "", age: "", condition: "", equipment: "" };

export function TransferForm({ from, done }: { from: string | null; done: () => void }) {
  const { t, language } = useText();
  const city = useCell(session).city!;
  const { all } = useHospitalNames();
  const [sender, setSender] = useState(from ?? "");
  const [said, setSaid] = useState(NOBODY);
  const [sex, setSex] = useState<(typeof SEXES)[number] | null>(null);
  const [priority, setPriority] = useState<Priority>("P3");
  const [later, setLater] = useState<(typeof LATER_H)[number]>("0");
  const [id, setId] = useState(freshId);
  const { trouble, complain, attempt } = useTrouble();
  const key = "transfer:new";
  const sending = usePending(key);
  const say = (part: Partial<typeof NOBODY>) => { setSaid({ ...said, ...part }); setId(freshId()); };

  async function ask(event: FormEvent) {
    event.preventDefault();
    if (!sender || !said.to || !said.bed || said.phone.trim() === "") return complain(t("transfer.needs"));
    const age = said.age.trim() === "" ? undefined : Number(said.age);
    if (age !== undefined && (!Number.isInteger(age) || age < 0 || age > 130)) return complain(t("transfer.age_wrong"));
    const order = {
      id, from_hospital_id: sender, to_hospital_id: said.to, bed_kind: said.bed, priority, phone: said.phone.trim(),
      packet: { age_years: age, sex, condition: said.condition.trim() || undefined, equipment: said.equipment.trim() || undefined },
      not_before: later === "0" ? null : new Date(clock.now() + Number(later) * 3_600_000).toISOString(),
    };
    if (!(await attempt(() => waiting.give(key, () => care.requestTransfer(order))))) return;
    setSaid(NOBODY);
    setSex(null);
    setLater("0");
    setId(freshId());
    done();
  }

  return (
    <form className="transfer-form" onSubmit={(event) => void ask(event)} noValidate>
      {from === null && <Hospitals label={t("transfer.from")} value={sender} choose={setSender} all={all} />}
      <Hospitals label={t("transfer.to")} value={said.to} choose={(to) => say({ to })} all={all.filter((one) => one.id !== sender)} />
      <label className="field">{t("patients.bed")}
        <select value={said.bed} onChange={(event) => say({ bed: event.target.value })}>
          <option value="">—</option>
          {city.bed_kinds.map((one) => <option key={one.kind} value={one.kind}>{one[language] ?? one.vi}</option>)}
        </select></label>
      <label className="field">{t("transfer.ward_phone")}
        <input value={said.phone} inputMode="tel" autoComplete="off" onChange={(event) => say({ phone: event.target.value })} /></label>
      <label className="field wide">{t("transfer.condition")}
        <input value={said.condition} maxLength={500} autoComplete="off" onChange={(event) => say({ condition: event.target.value })} /></label>
      <label className="field wide">{t("transfer.equipment")}
        <input value={said.equipment} maxLength={200} autoComplete="off" placeholder={t("transfer.equipment_hint")} onChange={(event) => say({ equipment: event.target.value })} /></label>
      <label className="field">{t("transfer.age")}
        <input value={said.age} inputMode="numeric" autoComplete="off" onChange={(event) => say({ age: event.target.value })} /></label>
      <Picks legend={t("patients.sex")} options={SEXES} prefix="sex" value={sex} pick={setSex} />
      <PriorityChoice value={priority} choose={setPriority} />
      <div className="wide"><Picks legend={t("transfer.not_before")} options={LATER_H} prefix="later" value={later} pick={(hours) => setLater(hours ?? "0")} /></div>
      <div className="wide">
        <Notice trouble={trouble} />
        <button className="primary big" disabled={sending}>{sending ? t("sending") : t("transfer.ask")}</button>
      </div>
    </form>
  );
}

type ListProps = { label: string; value: string; choose: (id: string) => void; all: { id: string; name: string }[] };

function Hospitals({ label, value, choose, all }: ListProps) {
  return (
    <label className="field">{label}
      <select value={value} onChange={(event) => choose(event.target.value)}>
        <option value="">—</option>
        {all.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}
      </select></label>
  );
}
