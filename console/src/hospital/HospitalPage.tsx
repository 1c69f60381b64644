/** The bed board of one hospital: for a tablet at the ward desk or the phone of whoever is on duty. */
import { Suspense, useEffect, useState } from "react";
import { en, vi } from "virtual:texts/care";

import { useRow, useRows } from "../live";
import { DemoBanner } from "../shell/Header";
import { later, whenShown } from "../shell/later";
import { session } from "../shell/session";
import { useCell } from "../store/cell";
import { addTexts, useText } from "../text/i18n";
import type { HospitalRow } from "../wire/rows";
import { recall, type Ward as Kept } from "./kept";
import { KEPT, Ward } from "./Ward";
import { WardHead } from "./WardHead";
import { useOrders } from "./wardOrders";
import "./words";

addTexts({ vi, en });

const Login = later(() => import("../shell/Login").then((part) => part.Login));
const HospitalLinks = whenShown(async () => (await import("./HospitalLinks")).HospitalLinks);

export function HospitalPage() {
  const { t } = useText();
  const { state, me, city } = useCell(session);
  const hospitals = useRows("hospitals");
  const orders = useOrders();
  const kept = useKept();
  const [picked, setPicked] = useState<string | null>(null);
  useEffect(() => { document.title = t("title.hospital"); }, [t]);
  const id = me?.hospital_id ?? picked;
  const live = useRow("hospitals", id);
  const row = live ?? (kept && kept.what.row.id === id ? kept.what.row : undefined);

  if (!me || !city) {
    if (state === "over") return <Suspense fallback={null}><Login title={t("title.hospital")} /></Suspense>;
    return <main className="starting" role="status">{t(state === "unreachable" ? "link.unreachable" : "link.starting")}</main>;
  }
  return (
    <>
      {city.demo && <DemoBanner />}
      <main className="ward" inert={state === "over"}>
        {row && orders ? <Ward row={row} orders={orders} since={live ? null : kept!.at} /> : me.hospital_id
          ? <p role="status">{t("link.starting")}</p>
          : <Choice hospitals={hospitals} choose={setPicked} links={["supervisor", "admin"].includes(me.role)} />}
      </main>
      {state === "over" && <Suspense fallback={null}><Login title={t("title.hospital")} again /></Suspense>}
    </>
  );
}

/** Where the server does not answer at the start: what this tablet kept of its own hospital. */
function useKept(): { at: string; what: Kept } | null {
  const { state, me } = useCell(session);
  const [kept, setKept] = useState<{ at: string; what: Kept } | null>(null);
  useEffect(() => {
    if (state !== "unreachable" || me) return;
    void recall<Kept>(KEPT).then((found) => {
      if (!found || session.get().me) return;
      setKept(found);
      session.change({ me: found.what.me, city: found.what.city });
    });
  }, [state, me]);
  return kept;
}

/** For an account that belongs to no single hospital, such as a supervisor's. */
function Choice({ hospitals, choose, links }: { hospitals: HospitalRow[]; choose: (id: string) => void; links: boolean }) {
  const { t, language } = useText();
  return (
    <>
      <WardHead title={t("title.hospital")} />
      <p>{t("hospital.choose")}</p>
      <div className="ward-choice">
        {hospitals.map((row) => (
          <button key={row.id} type="button" onClick={() => choose(row.id)}>{language === "en" ? row.name_en || row.name : row.name}</button>
        ))}
      </div>
      {links && <Suspense fallback={null}><HospitalLinks /></Suspense>}
    </>
  );
}
