/** Paints units, incidents and hospitals on a canvas above the base map; nothing here makes the map render again. */
import type { Track } from "../live/positions";
import type { HospitalRow, IncidentRow, Point, Priority, TrafficRow, UnitRow, UnitStatus } from "../wire/rows";
import { paintHindrances } from "./hindrances";
import type { Spot } from "./spot";

export type Mark = Spot & { kind: "unit" | "incident" | "hospital"; id: string };

export type Scene = {
  units: { row: UnitRow; track: Track; place: Point; stale: boolean }[];
  incidents: IncidentRow[];
  hospitals: HospitalRow[];
  traffic: TrafficRow[];
  pin: Point | null;
  selected: { incident: string | null; unit: string | null; hospital: string | null };
  zoom: number;
  project: (point: Point) => Spot;
  width: number;
  height: number;
};

export const STATUS_COLOUR: Record<UnitStatus, string> = {
  AV: "#4cc38a", DP: "#ffd60a", EN: "#70b8ff", SC: "#ffa057", TR: "#c792ea", HP: "#b0c4d4", NS: "#7d8b96",
};
const PRIORITY_COLOUR: Record<Priority, string> = { P1: "#e5484d", P2: "#ffa94d", P3: "#8fb3cc", P4: "#9aa7b0" };
const FONT = "600 11px 'Noto Sans Variable', 'Noto Sans', sans-serif";
/** Unit names would cover a whole city; they appear from this zoom on. */
const NAMES_FROM = 12.5;
/** Units closer than this many pixels are painted as one. */
const SPOT = 8;
/** How far above its place the cross of a hospital stands, pixels. */
const RAISED = 15;

/** Paints one frame; returns where each mark stands, for clicks, the topmost last. */
export function paint(ctx: CanvasRenderingContext2D, scene: Scene): Mark[] {
  ctx.clearRect(0, 0, scene.width, scene.height);
  ctx.font = FONT;
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  const marks: Mark[] = [];
  const visible = ({ x, y }: Spot) => x > -40 && y > -40 && x < scene.width + 40 && y < scene.height + 40;
  paintHindrances(ctx, scene.traffic, scene);
  ways(ctx, scene);
  for (const row of scene.hospitals) {
    const spot = scene.project(row.position);
    if (!visible(spot)) continue;
    hospital(ctx, spot, row, scene.selected.hospital === row.id, scene.zoom);
    marks.push({ x: spot.x, y: spot.y - RAISED, kind: "hospital", id: row.id });
  }
  for (const group of together(scene.units.map((unit) => ({ ...unit, ...scene.project(unit.place) })).filter(visible))) {
    const first = group[0]!;
    const here = group.find((unit) => scene.selected.unit === unit.row.id);
    const mine = group.some((unit) => unit.row.incident_id !== null && unit.row.incident_id === scene.selected.incident);
    dot(ctx, first, first.row.status, first.stale, here !== undefined);
    const label = scene.zoom >= NAMES_FROM || here || mine ? names(group) : group.length > 1 ? String(group.length) : "";
    if (label) name(ctx, first, label, 9);
    for (const unit of group) marks.push({ x: unit.x, y: unit.y, kind: "unit", id: unit.row.id });
  }
  for (const row of scene.incidents) {
    const spot = scene.project(row.position);
    if (!visible(spot)) continue;
    diamond(ctx, spot, row, scene.selected.incident === row.id);
    marks.push({ ...spot, kind: "incident", id: row.id });
  }
  if (scene.pin) drawPin(ctx, scene.project(scene.pin));
  return marks;
}

type Placed = Scene["units"][number] & Spot;

/** Units of one status that stand on one spot, such as the yard of a station, share a dot. */
function together(units: Placed[]): Placed[][] {
  const groups = new Map<string, Placed[]>();
  for (const unit of units) {
    const key = `${Math.round(unit.x / SPOT)}/${Math.round(unit.y / SPOT)}/${unit.row.status}/${unit.stale}`;
    const group = groups.get(key);
    if (group) group.push(unit);
    else groups.set(key, [unit]);
  }
  return [...groups.values()];
}

/** "C1 C2 T7 +3 AV": who stands there, in what status. */
function names(group: Placed[]): string {
  const shown = group.slice(0, 3).map((unit) => unit.row.callsign).join(" ");
  return `${shown}${group.length > 3 ? ` +${group.length - 3}` : ""} ${group[0]!.row.status}`;
}

/** The mark under the pointer, or null. */
export function hit(marks: Mark[], x: number, y: number, reach = 14): Mark | null {
  let best: Mark | null = null;
  let least = reach * reach;
  for (const mark of marks) {
    const away = (mark.x - x) ** 2 + (mark.y - y) ** 2;
    if (away <= least) [best, least] = [mark, away];
  }
  return best;
}

/** A dashed line from each unit under way to its incident. */
function ways(ctx: CanvasRenderingContext2D, scene: Scene): void {
  const at = new Map(scene.incidents.map((row) => [row.id, row.position]));
  ctx.setLineDash([4, 4]);
  ctx.lineWidth = 1.5;
  for (const { row, place } of scene.units) {
    const goal = row.status === "DP" || row.status === "EN" ? at.get(row.incident_id ?? "") : undefined;
    if (!goal) continue;
    const [from, to] = [scene.project(place), scene.project(goal)];
    ctx.strokeStyle = `${STATUS_COLOUR[row.status]}b0`;
    ctx.beginPath();
    ctx.moveTo(from.x, from.y);
    ctx.lineTo(to.x, to.y);
    ctx.stroke();
  }
  ctx.setLineDash([]);
}

function dot(ctx: CanvasRenderingContext2D, { x, y }: Spot, status: UnitStatus, stale: boolean, here: boolean): void {
  if (here) ring(ctx, x, y, 10);
  ctx.beginPath();
  ctx.arc(x, y, 5, 0, Math.PI * 2);
  if (stale) {
    ctx.lineWidth = 2;
    ctx.strokeStyle = STATUS_COLOUR[status];
    ctx.stroke();
    return;
  }
  ctx.fillStyle = STATUS_COLOUR[status];
  ctx.fill();
  ctx.lineWidth = 1.25;
  ctx.strokeStyle = "#0b1014";
  ctx.stroke();
}

function diamond(ctx: CanvasRenderingContext2D, { x, y }: Spot, row: IncidentRow, here: boolean): void {
  const size = here ? 14 : 12;
  ctx.beginPath();
  ctx.moveTo(x, y - size);
  ctx.lineTo(x + size, y);
  ctx.lineTo(x, y + size);
  ctx.lineTo(x - size, y);
  ctx.closePath();
  ctx.fillStyle = PRIORITY_COLOUR[row.priority];
  ctx.fill();
  ctx.lineWidth = here ? 3 : 1.5;
  ctx.strokeStyle = here ? "#ffffff" : "#0b1014";
  ctx.stroke();
  ctx.fillStyle = row.priority === "P1" ? "#ffffff" : "#11181d";
  ctx.textAlign = "center";
  ctx.fillText(row.priority, x, y + 0.5);
  name(ctx, { x, y }, `#${row.number}`, size + 4);
}

function hospital(ctx: CanvasRenderingContext2D, { x, y }: Spot, row: HospitalRow, here: boolean, zoom: number): void {
  // It stands above its place on a point, so that units in its yard do not cover the cross.
  const middle = y - RAISED;
  if (here) ring(ctx, x, middle, 13);
  ctx.fillStyle = row.diversion ? "#3a4650" : "#f2f6fa";
  ctx.beginPath();
  ctx.moveTo(x - 7, middle - 7);
  ctx.lineTo(x + 7, middle - 7);
  ctx.lineTo(x + 7, middle + 7);
  ctx.lineTo(x + 3, middle + 7);
  ctx.lineTo(x, y - 3);
  ctx.lineTo(x - 3, middle + 7);
  ctx.lineTo(x - 7, middle + 7);
  ctx.closePath();
  ctx.fill();
  ctx.lineWidth = 1;
  ctx.strokeStyle = "#0b1014";
  ctx.stroke();
  ctx.fillStyle = row.diversion ? "#ff9592" : "#0b5cad";
  ctx.fillRect(x - 1.75, middle - 5, 3.5, 10);
  ctx.fillRect(x - 5, middle - 1.75, 10, 3.5);
  if (zoom >= NAMES_FROM - 0.5 || here) name(ctx, { x, y: middle }, row.code, 11);
}

function name(ctx: CanvasRenderingContext2D, { x, y }: Spot, text: string, away: number): void {
  ctx.textAlign = "left";
  ctx.lineWidth = 3;
  ctx.strokeStyle = "#0b1014e6";
  ctx.strokeText(text, x + away, y + 0.5);
  ctx.fillStyle = "#eef3f7";
  ctx.fillText(text, x + away, y + 0.5);
}

function ring(ctx: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, Math.PI * 2);
  ctx.lineWidth = 2;
  ctx.strokeStyle = "#ffffff";
  ctx.stroke();
}

function drawPin(ctx: CanvasRenderingContext2D, { x, y }: Spot): void {
  ctx.lineWidth = 2;
  ctx.strokeStyle = "#ffffff";
  ctx.beginPath();
  ctx.arc(x, y, 9, 0, Math.PI * 2);
  for (const [dx, dy] of [[0, -1], [0, 1], [-1, 0], [1, 0]] as const) {
    ctx.moveTo(x + dx * 5, y + dy * 5);
    ctx.lineTo(x + dx * 15, y + dy * 15);
  }
  ctx.stroke();
}
