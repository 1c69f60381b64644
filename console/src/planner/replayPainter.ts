/** Paints one replication above the base map with the marks of the desk, at the moment of the film. */
import type { Ground } from "../map/ground";
import { Overlay } from "../map/overlay";
import type { PaintedHospital, PaintedStation } from "../map/scene";
import { projection } from "../map/projection";
import { inkOf, onTheme, type Ink } from "../map/theme";
import { shortly } from "../text/format";
import type { Priority } from "../wire/rows";
import type { Replay } from "../wire/simulations";
import type { Film } from "./film";
import { isOpenAt, standOf, stillServed } from "./replay";

const inkNow = (): Ink => inkOf(document.body.classList.contains("light") ? "light" : "dark");

export class ReplayPainter {
  private overlay = new Overlay();
  private ink = inkNow();
  private stations: PaintedStation[];
  private hospitals: PaintedHospital[];
  private ends: (() => void)[];

  constructor(private map: Ground, private canvas: HTMLCanvasElement, private replay: Replay, private film: Film) {
    this.stations = replay.stations.map(({ name, lat, lon }) => ({ id: name, name, position: { lat, lon } }));
    this.hospitals = replay.hospitals.map(({ name, lat, lon }) => ({ id: name, code: shortly(name), diversion: null, position: { lat, lon } }));
    const draw = () => this.draw();
    map.on("move", draw);
    map.on("resize", draw);
    this.ends = [
      () => { map.off("move", draw); map.off("resize", draw); },
      film.now.subscribe(draw),
      onTheme(() => {
        this.ink = inkNow();
        draw();
      }),
    ];
    draw();
  }

  stop(): void {
    this.ends.forEach((end) => end());
  }

  private draw(): void {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    if (document.hidden || width === 0 || height === 0) return;
    const ratio = Math.min(2, devicePixelRatio || 1);
    if (this.canvas.width !== Math.round(width * ratio) || this.canvas.height !== Math.round(height * ratio)) {
      this.canvas.width = Math.round(width * ratio);
      this.canvas.height = Math.round(height * ratio);
    }
    const ctx = this.canvas.getContext("2d")!;
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    const { lat, lng } = this.map.getCenter();
    const zoom = this.map.getZoom();
    const { moment } = this.film.now.get();
    this.overlay.paint(ctx, {
      units: this.replay.units.flatMap((unit) => {
        const stand = standOf(unit, moment);
        // Who is off duty is nobody to reckon with, and would hide who is.
        if (!stand || stand.status === "NS") return [];
        const { callsign } = unit;
        return [{ row: { id: callsign, callsign, status: stand.status, incident_id: null }, place: stand.place, stale: false }];
      }),
      incidents: [...stillServed(this.replay, moment), ...this.replay.incidents.filter((one) => isOpenAt(one, moment))].map((one) => ({
        id: String(one.number), number: one.number, priority: one.priority as Priority, position: { lat: one.lat, lon: one.lon },
      })),
      hospitals: this.hospitals, stations: this.stations,
      points: [], cover: [], traffic: [], ways: [], sketch: null, pin: null,
      selected: { incident: null, unit: null, hospital: null },
      zoom, project: projection({ centre: { lat, lon: lng }, zoom, width, height }), width, height, ratio, ink: this.ink,
    });
  }
}

/** West, south, east, north of all that stands or happens there; null where there is nothing. */
export function boundsOf({ stations, hospitals, incidents }: Pick<Replay, "stations" | "hospitals" | "incidents">): [number, number, number, number] | null {
  const places = [...stations, ...hospitals, ...incidents];
  if (places.length === 0) return null;
  const lats = places.map(({ lat }) => lat);
  const lons = places.map(({ lon }) => lon);
  return [least(lons), least(lats), -least(lons.map((lon) => -lon)), -least(lats.map((lat) => -lat))];
}

/** Not `Math.min(...)`, which gives up on a hundred thousand. */
const least = (values: number[]): number => values.reduce((low, value) => Math.min(low, value), Infinity);
