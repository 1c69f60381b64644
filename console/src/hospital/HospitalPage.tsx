/** The bed board of one hospital: for a tablet at the ward desk or the phone of whoever is on duty. */
import { useEffect, useState } from "react";
import { en, vi } from "virtual:texts/care";

import { useRow, useRows } from "../live";
import { DemoBanner, LinkLamp } from "../shell/Header";
import { LanguageButton } from "../shell/LanguageButton";
import { Login } from "../shell/Login";
import { Notice, useTrouble } from "../shell/Notice";
import { leave, session } from "../shell/session";
import { useCell } from "../store/cell";
import { addTexts, useText } from "../text/i18n";
import type { HospitalRow } from "../wire/rows";
import { BedForm } from "./BedForm";
import { DiversionForm } from "./DiversionForm";
import { InboundList } from "./InboundList";
import { WardTransfers } from "./WardTransfers";

addTexts({ vi, en });

export function HospitalPage() {
  const { t } = useText();
  const { state, me, city } = useCell(session);
  const hospitals = useRows("hospitals");
  const [picked, setPicked] = useState<string | null>(null);
  useEffect(() => { document.title = t("title.hospital"); }, [t]);
  const id = me?.hospital_id ?? picked;
  const row = useRow("hospitals", id);

  if (!me || !city) {
    if (state === "over") return <Login title={t("title.hospital")} />;
    return <main className="starting" role="status">{t(state === "unreachable" ? "link.unreachable" : "link.starting")}</main>;
  }
  return (
    <>
      {city.demo && <DemoBanner />}
      <main className="ward" inert={state === "over"}>
        {row ? <Ward row={row} /> : me.hospital_id
          ? <p role="status">{t("link.starting")}</p>
          : <Choice hospitals={hospitals} choose={setPicked} />}
      </main>
      {state === "over" && <Login title={t("title.hospital")} again />}
    </>
  );
}

function Ward({ row }: { row: HospitalRow }) {
  const { language } = useText();
  return (
    <>
      <WardHead title={language === "en" ? row.name_en || row.name : row.name} />
      <DiversionForm row={row} />
      <BedForm key={row.id} row={row} />
      <InboundList row={row} />
      <WardTransfers hospital={row.id} />
    </>
  );
}

function WardHead({ title }: { title: string }) {
  const { t } = useText();
  const { trouble, attempt } = useTrouble();
  return (
    <header className="ward-head">
      <h1>{title}</h1>
      <div className="ward-tools">
        <LinkLamp />
        <LanguageButton />
        <button type="button" className="quiet" onClick={() => attempt(leave)}>{t("logout")}</button>
      </div>
      <Notice trouble={trouble} />
    </header>
  );
}

/** For an account that belongs to no single hospital, such as a supervisor's. */
function Choice({ hospitals, choose }: { hospitals: HospitalRow[]; choose: (id: string) => void }) {
  const { t } = useText();
  return (
    <>
      <WardHead title={t("title.hospital")} />
      <p>{t("hospital.choose")}</p>
      <div className="ward-choice">
        {hospitals.map((row) => <button key={row.id} type="button" onClick={() => choose(row.id)}>{row.name}</button>)}
      </div>
    </>
  );
}
