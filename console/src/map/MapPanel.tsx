/** The map: it moves by the hand that drags it or by an explicit order, never by itself. */
import "./map.css";
import "./texts";

import { useEffect, useEffectEvent, useRef, useState } from "react";

import { useLink, useRows } from "../live";
import { goTo, picking } from "../shell/selection";
import { session } from "../shell/session";
import { useCell } from "../store/cell";
import { useText } from "../text/i18n";
import { choose } from "./choose";
import { DrawBar } from "./DrawBar";
import { sketch, withPoint } from "./drawing";
import { dressed, openGround, type Ground } from "./ground";
import { moveRoom, placesKey } from "./hospitalRoom";
import { LayersAtWork, LayersPanel } from "./LayersPanel";
import { takeUpLayers } from "./layers";
import { Legend } from "./Legend";
import { MapButtons, type Opened } from "./MapButtons";
import { MapList } from "./MapList";
import { hits, type Mark } from "./marks";
import { NoMap } from "./NoMap";
import { Painter } from "./painter";
import { RoadsPanel } from "./RoadsPanel";
import { useTheme } from "./theme";

export function MapPanel() {
  const { t, language } = useText();
  const city = useCell(session).city!;
  const pick = useCell(picking);
  const cut = useLink() === "cut";
  const theme = useTheme();
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const painter = useRef<Painter | null>(null);
  const worn = useRef(theme);
  const [ground, setGround] = useState<Ground | null>(null);
  const [broken, setBroken] = useState(false);
  const [opened, setOpened] = useState<Opened>(null);
  const [clicked, setClicked] = useState<Mark[]>([]);

  // In the theme of that moment; another one is put on in place, below.
  const open = useEffectEvent((where: HTMLElement) => {
    const opened = openGround(where, city, theme);
    worn.current = theme;
    return opened;
  });
  useEffect(() => {
    if (broken || !box.current || !canvas.current) return;
    takeUpLayers();
    let map: Ground;
    try {
      map = open(box.current);
    } catch {
      setBroken(true);
      return;
    }
    const painting = new Painter(map, canvas.current);
    painter.current = painting;
    const go = goTo.subscribe(() => {
      const order = goTo.get();
      if (order) map.easeTo({ center: [order.point.lon, order.point.lat], zoom: Math.max(map.getZoom(), 14.5), duration: 350 });
    });
    map.on("click", (event) => {
      const point = { lat: event.lngLat.lat, lon: event.lngLat.lng };
      const chosen = picking.get();
      if (chosen) {
        picking.set(null);
        return chosen.take(point);
      }
      const drawn = sketch.get();
      if (drawn && !drawn.done) return sketch.set(withPoint(drawn, point));
      const under = hits(painting.marks, event.point.x, event.point.y);
      // One mark is meant; of several, or of what cannot be selected, the list asks or tells.
      const several = under.length > 1 || ["station", "point"].includes(under[0]?.kind ?? "");
      setClicked(several ? under : []);
      if (under[0] && (under.length === 1 || under[0].kind === "incident")) choose(under[0]);
    });
    map.on("mousemove", (event) => {
      const aims = picking.get() !== null || sketch.get()?.done === false;
      const over = hits(painting.marks, event.point.x, event.point.y).length > 0;
      map.getCanvas().style.cursor = aims ? "crosshair" : over ? "pointer" : "";
    });
    setGround(map);
    return () => {
      go();
      painting.stop();
      map.remove();
      painter.current = null;
      setGround(null);
    };
  }, [city, broken]);

  useEffect(() => {
    if (!ground || worn.current === theme) return;
    worn.current = theme;
    ground.setStyle(dressed(city, theme));
  }, [ground, city, theme]);
  useEffect(() => { ground?.getCanvas().setAttribute("aria-label", t("map.canvas")); }, [ground, language, t]);

  const hospitals = useRows("hospitals");
  const places = placesKey(hospitals);
  const make = useEffectEvent((map: Ground) => moveRoom(map, hospitals));
  useEffect(() => { if (ground) make(ground); }, [ground, places]);

  const drawing = useCell(sketch)?.done === false;
  // What lies over the map leaves when something is to be drawn on it, and on Esc.
  useEffect(() => {
    if (drawing) { setOpened(null); setClicked([]); }
  }, [drawing]);
  const lies = opened !== null || clicked.length > 0;
  useEffect(() => {
    if (!lies) return;
    const leave = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.isComposing) return;
      event.preventDefault();
      setOpened(null);
      setClicked([]);
    };
    addEventListener("keydown", leave, true);
    return () => removeEventListener("keydown", leave, true);
  }, [lies]);

  const inView = () => painter.current?.marks.filter(({ x, y }) =>
    x >= 0 && y >= 0 && x <= canvas.current!.clientWidth && y <= canvas.current!.clientHeight) ?? [];

  if (broken) return <NoMap />;
  return (
    <section className="panel map" aria-label={t("map.title")}>
      <header className="panel-head">
        <h2>{t("map.title")}</h2>
        <span className="head-fact shapes">{t("map.legend")}</span>
        <Legend />
      </header>
      <div className={`map-box ${pick ? "picking" : ""}`}>
        <div ref={box} className="ground" />
        <canvas ref={canvas} className="overlay" aria-hidden="true" />
        {pick && (
          <div className="pick-bar" role="status">{t(pick.say)}
            <button type="button" className="quiet" onClick={() => picking.set(null)}>{t("cancel")}</button></div>
        )}
        {ground && <DrawBar map={ground} />}
        {cut && <div className="old-bar">{t("map.old")}</div>}
        <RoadsPanel />
        {ground && <MapButtons map={ground} opened={opened} open={(what) => { setOpened(what); setClicked([]); }} />}
        {opened === "layers" ? <LayersPanel /> : <LayersAtWork />}
        {opened === "list" && !drawing && <MapList title={t("map.list")} marks={inView} close={() => setOpened(null)} />}
        {opened === null && clicked.length > 0 && <MapList title={t("map.here")} marks={() => clicked} close={() => setClicked([])} />}
        <div className="attribution">{city.map.kind === "drawn" ? t("map.drawn") : city.map.attribution}</div>
      </div>
    </section>
  );
}
