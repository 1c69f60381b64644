/** The hospitals in the order of the advice, with free beds and the age of that figure. */
import { Fragment, type ReactNode } from "react";

import { BedAge } from "../boards/BedAge";
import { useRow } from "../live";
import { session } from "../shell/session";
import { useCell } from "../store/cell";
import { shortly, span } from "../text/format";
import { bedName, known, useText } from "../text/i18n";
import "../text/openedTexts";
import { spoken } from "../text/reasons";
import type { RankedHospital } from "../wire/answers";
import { partsInOrder } from "./parts";

/** What stands on the line already is not said again; whom it bypasses, and that it is the last resort, is. */
const SAYS_MORE = /^bypasses |call ahead$|least loaded$/;

type Props = { hospital: RankedHospital; chosen: boolean; choose: () => void; group?: string };

export function HospitalChoice({ hospital, chosen, choose, group = "hospital" }: Props) {
  const { t, say, language } = useText();
  const { city } = useCell(session);
  const row = useRow("hospitals", hospital.hospital_id);
  const bed = hospital.bed_kind ? row?.beds[hospital.bed_kind] : undefined;
  const free = bed?.free ?? hospital.free;
  const name = row ? (language === "en" ? row.name_en || row.name : row.name) : hospital.hospital_id;
  const said: ReactNode[] = [
    bed?.reported_at && <BedAge at={bed.reported_at} />,
    row?.diversion && <b className="hot">■ {t("hospital.diverting")}</b>,
    ...(hospital.reasons ?? []).filter((reason) => !bed || SAYS_MORE.test(reason.en)).map((reason) => spoken(say(reason), city!, language, t)),
    ...partsInOrder(hospital.parts ?? {}).filter(({ name }) => name !== "travel").map(({ name, seconds }) => `${known(t, "part", name)} +${Math.round(seconds)} s`),
  ].filter(Boolean);
  return (
    <label className={`choice-row hospital-choice ${chosen ? "on" : ""}`}>
      <input type="radio" name={group} checked={chosen} onChange={choose} onClick={choose} />
      <span className="hospital-name"><span>{shortly(name)}</span> {row?.code && <abbr className="code">{row.code}</abbr>}</span>
      <span className="eta">{hospital.eta_s === null ? "—" : span(Math.round(hospital.eta_s))}</span>
      <span className={`beds ${free === 0 ? "none" : ""}`}>
        {free === null || free === undefined ? "—" : <>{hospital.bed_kind && bedName(city!.bed_kinds, hospital.bed_kind, language, t)} <b>{free}</b>
          {bed && <>/{bed.staffed}</>}</>}
      </span>
      <span className="words wide-words">
        {said.map((words, index) => <Fragment key={index}>{index > 0 && " · "}{words}</Fragment>)}
      </span>
    </label>
  );
}
