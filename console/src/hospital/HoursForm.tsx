/** The hours of every service, as they are kept each day. An empty field is a service that is always open. */
import { useState, type FormEvent } from "react";

import { useLink } from "../live";
import { Notice, useTrouble } from "../shell/Notice";
import { usePending, waiting } from "../store/pending";
import { useText } from "../text/i18n";
import type { HospitalRow } from "../wire/rows";
import * as ward from "../wire/ward";
import { STRETCH, useServiceName } from "./services";

export function HoursForm({ row, done }: { row: HospitalRow; done: () => void }) {
  const { t } = useText();
  const name = useServiceName();
  const [texts, setTexts] = useState<Record<string, string>>(() =>
    Object.fromEntries(row.specialities.map((service) => [service, (row.hours[service] ?? []).join(", ")])));
  const { trouble, complain, attempt } = useTrouble();
  const key = `hours:${row.id}`;
  const sending = usePending(key);
  const cut = useLink() !== "live";

  async function keep(event: FormEvent) {
    event.preventDefault();
    const read = Object.entries(texts).map(([service, text]) => [service, text.split(/[,;]/).map((one) => one.trim()).filter(Boolean)] as const);
    const wrong = read.find(([, stretches]) => stretches.some((one) => !STRETCH.test(one)));
    if (wrong) return complain(t("services.hours_wrong", { name: name(wrong[0]) }));
    const hours = Object.fromEntries(read.filter(([, stretches]) => stretches.length > 0));
    if (await attempt(() => waiting.give(key, () => ward.keepHours(row.id, hours)))) done();
  }

  return (
    <form className="hours-form" onSubmit={(event) => void keep(event)} noValidate>
      <p className="faint">{t("services.hours_hint")}</p>
      {row.specialities.map((service) => (
        <label key={service} className="field">{name(service)}
          <input value={texts[service]} placeholder={t("services.always")} autoComplete="off" inputMode="numeric"
            onChange={(event) => setTexts({ ...texts, [service]: event.target.value })} />
        </label>
      ))}
      <Notice trouble={trouble} />
      <button className="primary big" disabled={sending || cut}>{sending ? t("sending") : t("services.keep")}</button>
    </form>
  );
}
