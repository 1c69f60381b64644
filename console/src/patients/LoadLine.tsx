/** One hospital in a spread: the drive, how many it would get of how many it may, its free beds and how old that figure is. */
import { useRow } from "../live";
import { BedAge } from "../boards/BedAge";
import { span } from "../text/format";
import { known, useText } from "../text/i18n";
import type { Load } from "../wire/care";
import { Totals } from "./ColourBadge";
import { shareOf, type Choice } from "./spreading";

export function LoadLine({ load, choices }: { load: Load; choices: Choice[] }) {
  const { t, language } = useText();
  const row = useRow("hospitals", load.hospital_id);
  const free = Object.fromEntries(Object.keys(load.free).map((kind) => [kind, row?.beds[kind]?.free ?? load.free[kind] ?? 0]));
  const share = shareOf(load, choices, free);
  const used = Object.keys(share.kinds);
  const shown = (used.length > 0 ? used : Object.keys(free)).slice(0, 3);
  const oldest = shown.map((kind) => row?.beds[kind]?.reported_at).filter((at) => typeof at === "string").sort()[0];
  const filled = Math.min(100, Math.round((100 * (load.bound + share.gets)) / Math.max(1, load.cap)));
  return (
    <li className="load">
      <b className="load-name">{row ? (language === "en" ? row.name_en || row.name : row.name) : load.name}</b>
      <span className="eta">{span(Math.round(load.eta_s))}</span>
      <span className="load-gets"><Totals counts={share.colours} />
        {load.bound > 0 && <small>{t("spread.bound", { count: load.bound })}</small>}</span>
      <span className={`load-cap ${share.overCap ? "over-cap" : ""}`}>
        <span className="cap-bar" aria-hidden="true"><i style={{ width: `${filled}%` }} /></span>
        {share.overCap && <span aria-hidden="true">▲ </span>}{t("spread.cap", { gets: load.bound + share.gets, cap: load.cap })}</span>
      <span className="load-beds">
        {shown.map((kind) => (
          <span key={kind} className={share.overBeds.includes(kind) ? "hot" : ""}>
            {share.overBeds.includes(kind) && <span aria-hidden="true">■ </span>}
            {known(t, "bed", kind)} {share.kinds[kind] ? t("spread.of_free", { gets: share.kinds[kind], free: free[kind] ?? 0 }) : <b>{free[kind]}</b>}</span>
        ))}
        {oldest ? <BedAge at={oldest} oldest={shown.length > 1} /> : <span className="age amber">▲ {t("age.never")}</span>}
        {row?.diversion && <b className="hot">■ {t("hospital.diverting")}</b>}
      </span>
    </li>
  );
}
