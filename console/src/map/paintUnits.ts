/** Units: a dot in the colour of their status, hollow where the position is old. */
import type { UnitStatus } from "../wire/rows";
import type { Mark } from "./marks";
import { ring } from "./ring";
import type { PaintedUnit, Scene, Wish } from "./scene";
import type { Spot } from "./spot";
import type { Ink } from "./theme";

/** Unit names would cover a whole city; they appear from this zoom on. */
const NAMES_FROM = 12.5;
/** Units closer than this many pixels are painted as one. */
const SPOT = 8;
/** Half the side of a dot's picture, pixels. */
const HALF = 8;

type Placed = PaintedUnit & Spot;

export function paintUnits(
  ctx: CanvasRenderingContext2D, scene: Scene, inView: (spot: Spot) => boolean, wishes: Wish[],
): Mark[] {
  const marks: Mark[] = [];
  for (const group of together(scene, inView)) {
    const first = group[0]!;
    const here = group.some((unit) => scene.selected.unit === unit.row.id);
    const mine = group.some((unit) => unit.row.incident_id !== null && unit.row.incident_id === scene.selected.incident);
    if (here) ring(ctx, first, 10, scene.ink);
    const dot = picture(scene.ink, first.row.status, first.stale, scene.ratio);
    ctx.drawImage(dot, first.x - HALF, first.y - HALF, 2 * HALF, 2 * HALF);
    const text = scene.zoom >= NAMES_FROM || here || mine ? names(group) : group.length > 1 ? String(group.length) : "";
    if (text) wishes.push({ text, x: first.x + 8, y: first.y, rank: here || mine ? 1 : 4, must: here || mine });
    for (const unit of group) marks.push({ x: unit.x, y: unit.y, kind: "unit", id: unit.row.id });
  }
  return marks;
}

/** Units of one status that stand on one spot, such as the yard of a station, share a dot. */
function together(scene: Scene, inView: (spot: Spot) => boolean): Iterable<Placed[]> {
  const groups = new Map<number, Placed[]>();
  for (const unit of scene.units) {
    const spot = scene.project(unit.place);
    if (!inView(spot)) continue;
    const cell = (Math.round(spot.x / SPOT) + 64) * 4096 + Math.round(spot.y / SPOT) + 64;
    const key = cell * 16 + STATUSES.indexOf(unit.row.status) * 2 + (unit.stale ? 1 : 0);
    const placed = { ...unit, x: spot.x, y: spot.y };
    const group = groups.get(key);
    if (group) group.push(placed);
    else groups.set(key, [placed]);
  }
  return groups.values();
}

const STATUSES: UnitStatus[] = ["AV", "DP", "EN", "SC", "TR", "HP", "NS"];

/** "C1 C2 T7 +3 AV": who stands there, in what status. */
function names(group: Placed[]): string {
  const shown = group.slice(0, 3).map((unit) => unit.row.callsign).join(" ");
  return `${shown}${group.length > 3 ? ` +${group.length - 3}` : ""} ${group[0]!.row.status}`;
}

const pictures = new Map<string, HTMLCanvasElement>();

/** The dot of a status, drawn once: a picture is put down faster than an arc is filled. */
function picture(ink: Ink, status: UnitStatus, stale: boolean, ratio: number): HTMLCanvasElement {
  const key = `${ink.theme}/${ink.status[status]}/${stale}/${ratio}`;
  const known = pictures.get(key);
  if (known) return known;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 2 * HALF * ratio;
  const pen = canvas.getContext("2d")!;
  pen.scale(ratio, ratio);
  pen.beginPath();
  pen.arc(HALF, HALF, stale ? 4.5 : 5, 0, Math.PI * 2);
  if (stale) {
    pen.lineWidth = 4;
    pen.strokeStyle = ink.edge;
    pen.stroke();
    pen.lineWidth = 2;
    pen.strokeStyle = ink.status[status];
  } else {
    pen.fillStyle = ink.status[status];
    pen.fill();
    pen.lineWidth = 1.25;
    pen.strokeStyle = ink.edge;
  }
  pen.stroke();
  pictures.set(key, canvas);
  return canvas;
}
