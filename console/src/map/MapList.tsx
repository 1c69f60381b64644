/** What is seen on the map, in words and as buttons: nothing on it needs a mouse. */
import { GoTo } from "../boards/GoTo";
import { showPoint } from "../boards/moves";
import { store } from "../live";
import { positions } from "../live/positions";
import { useSecond } from "../live/ticker";
import { selection } from "../shell/selection";
import { session } from "../shell/session";
import { useCell } from "../store/cell";
import { distance } from "../text/format";
import { known, useText, type Tell } from "../text/i18n";
import type { Point } from "../wire/rows";
import { choose } from "./choose";
import { cityPoints, useCityPoints } from "./cityLayers";
import { measure } from "./drawing";
import type { Mark, MarkKind } from "./marks";

const KINDS: MarkKind[] = ["incident", "unit", "hospital", "station", "point"];
/** Of each kind at most so many lines; what is missing is said. */
const MOST = 40;
const NEAREST = 3;

/** title : what these marks are; marks : asked for anew each second, so that the list follows the map */
export function MapList({ title, marks, close }: { title: string; marks: () => Mark[]; close: () => void }) {
  const { t } = useText();
  useSecond();
  const shown = marks();
  return (
    <section className="map-sheet map-list" aria-label={title}>
      <header><b>{title}</b><button type="button" className="quiet" onClick={close}>{t("map.close")}</button></header>
      {shown.length === 0 && <p className="faint">{t("map.nothing")}</p>}
      {KINDS.map((kind) => <Group key={kind} kind={kind} marks={shown.filter((mark) => mark.kind === kind)} />)}
      <CamerasNear />
    </section>
  );
}

function Group({ kind, marks }: { kind: MarkKind; marks: Mark[] }) {
  const { t } = useText();
  if (marks.length === 0) return null;
  return (
    <>
      <h3>{t(`map.kind.${kind}`)} <small>{marks.length}</small></h3>
      <ul>{marks.slice(0, MOST).map((mark) => <Line key={mark.id} mark={mark} />)}</ul>
      {marks.length > MOST && <small className="faint">{t("map.more", { count: marks.length - MOST })}</small>}
    </>
  );
}

function Line({ mark }: { mark: Mark }) {
  const { t } = useText();
  const chosen = useCell(selection);
  const said = words(t, mark);
  if (!said) return null;
  const here = chosen.incident === mark.id || chosen.unit === mark.id || chosen.hospital === mark.id;
  return (
    <li>
      {mark.kind === "station" || mark.kind === "point"
        ? <span className="grow">{said.name}{said.more && <small> {said.more}</small>}</span>
        : <button type="button" className="link grow" aria-current={here} onClick={() => choose(mark)}>{said.name} <small>{said.more}</small></button>}
      <GoTo name={said.name} go={() => showPoint(said.at)} />
    </li>
  );
}

/** What a mark is called and what matters of it. */
function words(t: Tell, { kind, id }: Mark): { name: string; more: string; at: Point } | null {
  switch (kind) {
    case "incident": {
      const row = store.one("incidents", id);
      return row ? { name: `#${row.number} ${row.priority}`, more: row.complaint, at: row.position } : null;
    }
    case "unit": {
      const row = store.one("units", id);
      const at = row && positions.get(row.callsign);
      if (!row || !at) return null;
      const where = row.incident_number === null ? "" : ` · #${row.incident_number}`;
      return { name: row.callsign, more: `${row.status} ${known(t, "status", row.status)}${where}`, at };
    }
    case "hospital": {
      const row = store.one("hospitals", id);
      return row ? { name: row.code, more: row.name, at: row.position } : null;
    }
    case "station": {
      const row = session.get().city!.stations.find((one) => one.id === id);
      return row ? { name: row.name, more: "", at: row.position } : null;
    }
    case "point": {
      const row = cityPoints.get().find((one) => one.id === id);
      return row ? { name: row.name, more: t(`layer.${row.kind}`), at: row.position } : null;
    }
  }
}

/** Cameras closest to the incident that is open on the desk. */
function CamerasNear() {
  const { t, language } = useText();
  const { incident } = useCell(selection);
  const points = useCell(cityPoints);
  useCityPoints();
  const row = store.one("incidents", incident);
  if (!row) return null;
  const near = points.filter((point) => point.kind === "camera")
    .map((point) => ({ point, metres: measure("line", [row.position, point.position]) }))
    .sort((a, b) => a.metres - b.metres).slice(0, NEAREST);
  if (near.length === 0) return null;
  return (
    <>
      <h3>{t("map.cameras_near", { number: row.number })}</h3>
      <ul>{near.map(({ point, metres }) => (
        <li key={point.id}><span className="grow">{point.name} <small>{distance(metres, language)}</small></span>
          <GoTo name={point.name} go={() => showPoint(point.position)} /></li>
      ))}</ul>
    </>
  );
}
