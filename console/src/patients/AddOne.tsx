/** One person with what is known of them: the number on the tag, colour, sex, age. All of it may be left open. */
import { useState, type FormEvent } from "react";

import { Notice, useTrouble } from "../shell/Notice";
import { usePending, waiting } from "../store/pending";
import { useText } from "../text/i18n";
import * as care from "../wire/care";
import { freshId } from "../wire/ids";
import { Picks } from "./Picks";
import { COLOURS, type Colour } from "./colours";

export const AGES = ["infant", "child", "adult", "elderly"] as const;
export const SEXES = ["F", "M"] as const;

export function AddOne({ incident }: { incident: string }) {
  const { t } = useText();
  const [tag, setTag] = useState("");
  const [category, setCategory] = useState<Colour | null>(null);
  const [age, setAge] = useState<(typeof AGES)[number] | null>(null);
  const [sex, setSex] = useState<(typeof SEXES)[number] | null>(null);
  const [id, setId] = useState(freshId);
  const { trouble, attempt } = useTrouble();
  const key = `patients:${incident}`;
  const sending = usePending(key);

  async function add(event: FormEvent) {
    event.preventDefault();
    const one = { tag: tag.trim() || null, category, age_band: age, sex };
    if (!(await attempt(() => waiting.give(key, () => care.enterPatients(incident, id, [one]))))) return;
    setTag("");
    setCategory(null);
    setAge(null);
    setSex(null);
    setId(freshId());
  }

  return (
    <details className="add-one">
      <summary>{t("patients.add_one")}</summary>
      <form onSubmit={(event) => void add(event)} noValidate>
        <label className="field">{t("patients.tag")}
          <input value={tag} onChange={(event) => setTag(event.target.value)} maxLength={20} autoComplete="off" placeholder={t("patients.tag_hint")} /></label>
        <Picks legend={t("patients.colour")} options={COLOURS} prefix="colour" value={category} pick={setCategory} coloured />
        <Picks legend={t("patients.age")} options={AGES} prefix="age_band" value={age} pick={setAge} />
        <Picks legend={t("patients.sex")} options={SEXES} prefix="sex" value={sex} pick={setSex} />
        <button className="primary" disabled={sending}>{sending ? t("sending") : t("patients.add_this")}</button>
      </form>
      <Notice trouble={trouble} />
    </details>
  );
}
