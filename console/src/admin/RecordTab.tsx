/** Everything that was done to accounts, devices and links: by whom and when. Nobody can change it. */
import { useState } from "react";

import { useAsked } from "../oversight/useAsked";
import { Notice, useTrouble } from "../shell/Notice";
import { known, useText } from "../text/i18n";
import { deeds, type Deed } from "../wire/admin";
import { useWhen } from "./useWhen";

const PAGE = 200;
const COMMAND_LINE = "command line";
const newest = () => deeds();

export function RecordTab() {
  const { t } = useText();
  const when = useWhen();
  const { value, trouble } = useAsked(newest);
  const [older, setOlder] = useState<Deed[]>([]);
  const [end, setEnd] = useState(false);
  const { trouble: refused, attempt } = useTrouble();
  const all = [...(value ?? []), ...older];
  const more = all.length > 0 && all.length % PAGE === 0 && !end;
  async function back() {
    const found = await attempt(() => deeds(all.at(-1)!.number));
    if (!found) return;
    setOlder((before) => [...before, ...found]);
    setEnd(found.length < PAGE);
  }
  return (
    <section className="card wide" aria-label={t("record.title")}>
      <div className="card-head"><h2>{t("record.title")}</h2></div>
      <p className="faint">{t("record.what")}</p>
      <Notice trouble={trouble} />
      {value && all.length === 0 ? <p className="nothing">{t("record.none")}</p> : (
        <div className="table-box" tabIndex={0} role="group" aria-label={t("record.title")}>
          <table><thead><tr>{(["at", "by", "deed", "about", "detail"] as const).map((one) => <th key={one} scope="col">{t(`record.${one}`)}</th>)}</tr></thead>
            <tbody>{all.map((one) => (
              <tr key={one.number}><td>{when(one.at)}</td><td>{one.by === COMMAND_LINE ? t("record.command_line") : one.by}</td>
                <td>{known(t, "deed", one.act)}</td><td>{one.about}</td><td>{detail(one, t)}</td></tr>))}</tbody></table>
        </div>)}
      {more && <button type="button" onClick={() => void back()}>{t("record.older")}</button>}
      <Notice trouble={refused} />
    </section>
  );
}

/** `crew C1` with the role in words; of other deeds the unit or hospital as it stands. */
function detail(one: Deed, t: ReturnType<typeof useText>["t"]): string {
  if (!["added", "role_changed"].includes(one.act)) return one.detail;
  const [role = "", ...bound] = one.detail.split(" ");
  return [known(t, "role", role), ...bound].join(" ");
}
