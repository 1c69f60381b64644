/** Our own way, drawn small and told turn by turn: the same the centre counted with. No map is loaded for it. */
import { useRow } from "../live";
import { session } from "../shell/session";
import { useCell } from "../store/cell";
import { distance, timeOfDay } from "../text/format";
import { useText, type Key } from "../text/i18n";
import type { IncidentRow, Point, RunRow, UnitRow } from "../wire/rows";
import { along, spoken, turnsAhead, type Turn } from "./guidance";
import { RoadPicture } from "./RoadPicture";
import { useRoute, useUs, type Way } from "./useRoute";
import { useLink } from "../live";

const TO_HOSPITAL = ["transporting", "at_hospital"];
const ARROW: Record<string, string> = { left: "↰", right: "↱", straight: "↑", uturn: "↶" };

export function Road({ run, incident, unit }: { run: RunRow; incident: IncidentRow | undefined; unit: UnitRow | undefined }) {
  const { t, language } = useText();
  const hospital = useRow("hospitals", run.hospital_id);
  const toHospital = TO_HOSPITAL.includes(run.status) && hospital !== undefined;
  const to: Point | null = toHospital ? hospital.position : (incident?.position ?? null);
  const us = useUs(unit);
  const { way, asking } = useRoute(us, to, unit?.kind === "motorbike" ? "motorbike" : "van");
  const name = toHospital ? (language === "en" ? hospital.name_en || hospital.name : hospital.name) : "";
  return (
    <>
      <h2 className="road-to">{toHospital ? t("crew.road.to_hospital", { name }) : t("crew.road.to_scene")}</h2>
      {!us && <p className="sheet-of-paper">{t("crew.road.no_place")}</p>}
      {us && !way && <p className="sheet-of-paper" role="status">{t(asking ? "crew.road.asking" : "crew.road.none")}</p>}
      {us && way && <Guided way={way} us={us} kind={toHospital ? "hospital" : "scene"} />}
      {to && <a className="big-link" href={`geo:${to.lat},${to.lon}?q=${to.lat},${to.lon}`}>{t("crew.road.app")}</a>}
      <p className="attribution">{t("crew.map_data")}</p>
    </>
  );
}

function Guided({ way, us, kind }: { way: Way; us: Point; kind: "scene" | "hospital" }) {
  const { t, language } = useText();
  const { city } = useCell(session);
  const live = useLink() === "live";
  const { route } = way;
  const { driven_m, ahead } = along(route.geometry, us);
  const [next, ...later] = turnsAhead(route.steps, driven_m);
  const left_m = Math.max(0, route.distance_m - driven_m);
  const minutes = Math.max(1, Math.round((route.duration_s * left_m) / Math.max(1, route.distance_m) / 60));
  const turn = (one: Turn) => t("crew.road.into", {
    turn: t(`crew.road.turn.${one.turn in ARROW ? one.turn : "straight"}` as Key), street: one.name || t("crew.road.nameless") });
  return (
    <>
      <section className="next-turn" aria-live="off">
        {next ? (
          <><span className="arrow" aria-hidden="true">{ARROW[next.turn] ?? "↑"}</span>
            <p><b className="far">{distance(spoken(next.in_m), language)}</b> {turn(next)}</p></>
        ) : <p><b>{t("crew.road.here")}</b></p>}
      </section>
      <p className="road-left">{t("crew.road.left", { far: distance(spoken(left_m), language), time: t("crew.hospital.minutes", { count: minutes }) })}</p>
      {route.method !== "road" && <p className="doubt">▲ {t("crew.road.reckoned")}</p>}
      {!live && <p className="doubt">▲ {t("crew.road.old", { time: timeOfDay(way.at, city!.timezone, false) })}</p>}
      <RoadPicture whole={route.geometry} ahead={ahead} us={us} kind={kind} />
      {later.length > 0 && (
        <ol className="turns" aria-label={t("crew.road.list")}>
          {later.map((one, place) => (
            <li key={place}><span className="arrow" aria-hidden="true">{ARROW[one.turn] ?? "↑"}</span>
              <span className="grow">{turn(one)}</span><small>{t("crew.road.after", { far: distance(spoken(one.in_m), language) })}</small></li>
          ))}
        </ol>
      )}
    </>
  );
}
