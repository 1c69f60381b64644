/** The map: it moves by the hand that drags it or by an explicit "go to", never by itself. */
import "./map.css";

import { en, vi } from "virtual:texts/map";
import { useEffect, useRef, useState } from "react";

import { store, useLink } from "../live";
import { clock } from "../live/clock";
import { positions } from "../live/positions";
import { isOpen } from "../queue/order";
import { goTo, picking, pin, selectIncident, selection } from "../shell/selection";
import { session } from "../shell/session";
import { useCell } from "../store/cell";
import { addTexts, useText } from "../text/i18n";
import type { Point } from "../wire/rows";
import { openGround, type Ground } from "./ground";
import { hit, paint, STATUS_COLOUR, type Mark } from "./overlay";
import { RoadsPanel } from "./RoadsPanel";

addTexts({ vi, en });

/** Frames a second of moving marks; one where the person asked the system for less motion. */
const FRAMES = 10;

export function MapPanel() {
  const { t } = useText();
  const city = useCell(session).city!;
  const pick = useCell(picking);
  const cut = useLink() === "cut";
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const marks = useRef<Mark[]>([]);
  const ground = useRef<Ground | null>(null);
  const [broken, setBroken] = useState(new URLSearchParams(location.search).has("nomap"));

  useEffect(() => {
    if (broken || !box.current || !canvas.current) return;
    let map: Ground;
    try {
      map = openGround(box.current, city, {
        "NavigationControl.ZoomIn": t("map.in"), "NavigationControl.ZoomOut": t("map.out"), "Map.Title": t("map.title"),
      });
    } catch {
      setBroken(true);
      return;
    }
    ground.current = map;
    const stop = keepPainting(map, canvas.current, marks);
    const go = goTo.subscribe(() => {
      const order = goTo.get();
      if (order) map.easeTo({ center: [order.point.lon, order.point.lat], zoom: Math.max(map.getZoom(), 14.5), duration: 350 });
    });
    map.on("click", (event) => {
      const chosen = picking.get();
      if (chosen) {
        picking.set(null);
        return chosen.take({ lat: event.lngLat.lat, lon: event.lngLat.lng });
      }
      choose(hit(marks.current, event.point.x, event.point.y));
    });
    map.on("mousemove", (event) => {
      const over = hit(marks.current, event.point.x, event.point.y) !== null;
      map.getCanvas().style.cursor = picking.get() ? "crosshair" : over ? "pointer" : "";
    });
    return () => {
      go();
      stop();
      map.remove();
      ground.current = null;
    };
    // The map is opened once a city; its few labels keep the language it was opened in.
  }, [city, broken]);

  return (
    <section className="panel map" aria-label={t("map.title")}>
      <header className="panel-head">
        <h2>{t("map.title")}</h2>
        <span className="head-fact">{t("map.legend")}</span>
      </header>
      <div className={`map-box ${pick ? "picking" : ""}`}>
        <div ref={box} className="ground" />
        <canvas ref={canvas} className="overlay" aria-hidden="true" />
        {broken && <p className="nothing">{t("map.none")}</p>}
        {pick && (
          <div className="pick-bar" role="status">{t(pick.say)}
            <button type="button" className="quiet" onClick={() => picking.set(null)}>{t("cancel")}</button></div>
        )}
        {cut && <div className="old-bar">{t("map.old")}</div>}
        <RoadsPanel />
        <div className="legend" aria-hidden="true">
          {Object.entries(STATUS_COLOUR).map(([status, colour]) => (
            <span key={status} title={t(`status.${status as keyof typeof STATUS_COLOUR}`)}><i style={{ background: colour }} />{status}</span>
          ))}
          <span><i className="hollow" />{t("map.stale")}</span>
          <span><i className="bar closure" />{t("map.closed")}</span>
          <span><i className="bar slowing" />{t("map.slowed")}</span>
        </div>
        <div className="attribution">{city.map.attribution}</div>
      </div>
    </section>
  );
}

function choose(mark: Mark | null): void {
  if (!mark) return;
  if (mark.kind === "incident") return selectIncident(mark.id);
  if (mark.kind === "hospital") return selection.change({ hospital: mark.id });
  selection.change({ unit: mark.id });
  const unit = store.one("units", mark.id);
  if (unit?.incident_id) selectIncident(unit.incident_id);
}

/** Redraws the marks while the map moves and some times a second otherwise; returns how to stop. */
function keepPainting(map: Ground, canvas: HTMLCanvasElement, marks: { current: Mark[] }): () => void {
  const ctx = canvas.getContext("2d")!;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const stale = session.get().city!.targets.unit_position.red_s;

  function draw(): void {
    const { clientWidth: width, clientHeight: height } = canvas;
    const ratio = Math.min(2, devicePixelRatio || 1);
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    const now = clock.now() / 1000;
    marks.current = paint(ctx, {
      units: store.all("units").flatMap((row) => {
        const track = positions.get(row.callsign);
        return track ? [{ row, track, place: positions.place(track), stale: now - track.at > stale }] : [];
      }),
      incidents: store.all("incidents").filter(isOpen),
      hospitals: store.all("hospitals"),
      traffic: store.all("traffic").filter((row) => row.status === "open"),
      pin: pin.get(),
      selected: selection.get(),
      zoom: map.getZoom(),
      project: (point: Point) => map.project([point.lon, point.lat]),
      width,
      height,
    });
  }

  map.on("move", draw);
  map.on("resize", draw);
  const timer = setInterval(draw, 1000 / (calm ? 1 : FRAMES));
  const watch = [selection.subscribe(draw), pin.subscribe(draw), store.subscribe("incidents", draw), store.subscribe("traffic", draw)];
  return () => {
    clearInterval(timer);
    watch.forEach((end) => end());
  };
}
