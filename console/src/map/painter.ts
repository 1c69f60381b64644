/** Paints the marks while the map moves and some times a second otherwise. */
import { store } from "../live";
import { clock } from "../live/clock";
import { positions } from "../live/positions";
import { roads } from "../live/roads";
import { isOpen } from "../queue/order";
import { pin, selection } from "../shell/selection";
import { atDesk, session } from "../shell/session";
import * as api from "../wire/api";
import { cityPoints, coverCells } from "./cityLayers";
import { sketch } from "./drawing";
import type { Ground } from "./ground";
import { layers } from "./layers";
import type { Mark } from "./marks";
import { Overlay } from "./overlay";
import { projection } from "./projection";
import type { UnitMark } from "./scene";
import { inkOf, onTheme, type Ink } from "./theme";
import { Ways, type Asked } from "./ways";

/** Frames a second of moving marks; one where the person asked the system for less motion, and then without gliding. */
const FRAMES = 10;

const points = (pairs: [number, number][]) => pairs.map(([lat, lon]) => ({ lat, lon }));
const asked: Asked = {
  route: async (from, to, profile) => points((await api.route(from, to, profile)).geometry as [number, number][]),
  track: async (callsign, after, until) => (await api.track(callsign, after, until)).map(({ lat, lon }) => ({ lat, lon })),
};

export class Painter {
  /** Where each mark stood in the last frame, the topmost last. */
  marks: Mark[] = [];
  private overlay = new Overlay();
  private ways = new Ways(asked);
  private ink: Ink;
  private calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  private stale = session.get().city!.targets.unit_position.red_s;
  private ends: (() => void)[];

  constructor(private map: Ground, private canvas: HTMLCanvasElement) {
    this.ink = inkOf(document.body.classList.contains("light") ? "light" : "dark");
    const draw = () => this.draw();
    map.on("move", draw);
    map.on("resize", draw);
    const timer = setInterval(draw, 1000 / (this.calm ? 1 : FRAMES));
    this.ends = [
      () => clearInterval(timer),
      onTheme(() => {
        this.ink = inkOf(document.body.classList.contains("light") ? "light" : "dark");
        this.draw();
      }),
      ...[selection, pin, sketch, layers, coverCells, cityPoints].map((cell) => cell.subscribe(draw)),
      store.subscribe("incidents", draw), store.subscribe("traffic", draw),
    ];
  }

  stop(): void {
    this.ends.forEach((end) => end());
  }

  private draw(): void {
    if (document.hidden) return;
    const { clientWidth: width, clientHeight: height } = this.canvas;
    if (width === 0 || height === 0) return;
    const ratio = Math.min(2, devicePixelRatio || 1);
    if (this.canvas.width !== Math.round(width * ratio) || this.canvas.height !== Math.round(height * ratio)) {
      this.canvas.width = Math.round(width * ratio);
      this.canvas.height = Math.round(height * ratio);
    }
    const ctx = this.canvas.getContext("2d")!;
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    const { lat, lng } = this.map.getCenter();
    const zoom = this.map.getZoom();
    const units = this.units();
    const shown = layers.get();
    this.marks = this.overlay.paint(ctx, {
      units,
      incidents: store.all("incidents").filter(isOpen),
      hospitals: store.all("hospitals"),
      stations: shown.stations ? session.get().city!.stations : [],
      points: cityPoints.get().filter((point) => shown[point.kind]),
      cover: shown.cover ? coverCells.get() : [],
      traffic: store.all("traffic").filter((row) => row.status === "open"),
      ways: atDesk(session.get().me) ? this.ways.of({
        runs: store.all("runs"),
        units: new Map(units.map((unit) => [unit.row.callsign, unit])),
        incident: (id) => store.one("incidents", id),
        hospital: (id) => store.one("hospitals", id),
        selected: selection.get(),
        all: shown.ways,
        orders: roads.now.get().orders,
        ink: this.ink,
      }) : [],
      sketch: sketch.get(),
      pin: pin.get(),
      selected: selection.get(),
      zoom,
      project: projection({ centre: { lat, lon: lng }, zoom, width, height }),
      width,
      height,
      ratio,
      ink: this.ink,
    });
  }

  private units(): UnitMark[] {
    const now = clock.now() / 1000;
    return store.all("units").flatMap((row) => {
      const track = positions.get(row.callsign);
      if (!track) return [];
      return [{ row, track, place: this.calm ? track : positions.place(track), stale: now - track.at > this.stale }];
    });
  }
}
