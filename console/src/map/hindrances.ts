/** Closed and slowed streets on the map: red with bars, amber with dashes, so that colour is never alone. */
import type { Point, TrafficRow } from "../wire/rows";
import { FONT } from "./labels";
import type { Spot } from "./spot";
import type { Ink } from "./theme";

const HINDRANCE_COLOUR: Record<TrafficRow["kind"], string> = { closure: "#ff4d55", slowing: "#ffb224" };
const EDGE = "#0b1014";
const FILL: Record<TrafficRow["kind"], string> = { closure: "#ff4d5530", slowing: "#ffb22424" };
/** Reasons would cover a city; they appear from this zoom on. */
const WORDS_FROM = 14;
const LONGEST_WORDS = 28;
/** Pixels between two bars across a closed street. */
const BARS = 13;

type Ground = { project: (point: Point) => Spot; zoom: number; ink: Ink };

export function paintHindrances(ctx: CanvasRenderingContext2D, rows: TrafficRow[], ground: Ground): void {
  ctx.lineCap = "round";
  // What is slowed first: a closure within it must stay visible.
  for (const row of [...rows].sort((a, b) => b.kind.localeCompare(a.kind))) {
    const spots = row.stretch.points.map(([lat, lon]) => ground.project({ lat, lon }));
    if (row.stretch.kind === "area") area(ctx, row.kind, spots);
    else if (row.stretch.kind === "line") line(ctx, row.kind, spots);
    else point(ctx, row.kind, spots[0]!, pixels(row, ground));
    if (ground.zoom >= WORDS_FROM && row.reason) words(ctx, row, middle(spots), ground.ink);
  }
  ctx.lineCap = "butt";
  ctx.setLineDash([]);
}

/** How far `width_m` reaches on the screen, from a second place so far to the north. */
function pixels(row: TrafficRow, { project }: Ground): number {
  const [lat, lon] = row.stretch.points[0]!;
  const north = project({ lat: lat + row.stretch.width_m / 111_195, lon });
  const here = project({ lat, lon });
  return Math.hypot(north.x - here.x, north.y - here.y);
}

function area(ctx: CanvasRenderingContext2D, kind: TrafficRow["kind"], spots: Spot[]): void {
  trace(ctx, spots);
  ctx.closePath();
  ctx.fillStyle = FILL[kind];
  ctx.fill();
  const pattern = hatch(ctx, kind);
  if (pattern) {
    // The hatching lies on the ground and must not swim when the map is dragged.
    pattern.setTransform(new DOMMatrix().translate(Math.round(spots[0]!.x), Math.round(spots[0]!.y)));
    ctx.fillStyle = pattern;
    ctx.fill();
  }
  stroke(ctx, kind, 2);
}

function line(ctx: CanvasRenderingContext2D, kind: TrafficRow["kind"], spots: Spot[]): void {
  trace(ctx, spots);
  stroke(ctx, kind, 4);
  if (kind === "slowing") return;
  ctx.beginPath();
  for (const [from, to] of spots.slice(1).map((to, index) => [spots[index]!, to] as const)) {
    const length = Math.hypot(to.x - from.x, to.y - from.y);
    if (length < 1) continue;
    const [dx, dy] = [(to.x - from.x) / length, (to.y - from.y) / length];
    for (let along = Math.min(BARS, length) / 2; along < length; along += BARS) {
      const [x, y] = [from.x + dx * along, from.y + dy * along];
      ctx.moveTo(x - dy * 5, y + dx * 5);
      ctx.lineTo(x + dy * 5, y - dx * 5);
    }
  }
  ctx.lineWidth = 2;
  ctx.stroke();
}

/** A disc with a bar, as on the sign; the ring shows how far it reaches. */
function point(ctx: CanvasRenderingContext2D, kind: TrafficRow["kind"], { x, y }: Spot, reach: number): void {
  if (reach > 9) {
    ctx.beginPath();
    ctx.arc(x, y, reach, 0, Math.PI * 2);
    ctx.fillStyle = FILL[kind];
    ctx.fill();
    stroke(ctx, kind, 1.5);
  }
  ctx.setLineDash([]);
  ctx.beginPath();
  ctx.arc(x, y, 7.5, 0, Math.PI * 2);
  ctx.fillStyle = HINDRANCE_COLOUR[kind];
  ctx.fill();
  ctx.lineWidth = 1.5;
  ctx.strokeStyle = EDGE;
  ctx.stroke();
  ctx.fillStyle = kind === "closure" ? "#ffffff" : EDGE;
  ctx.fillRect(x - 4.5, y - 1.5, 9, 3);
}

function trace(ctx: CanvasRenderingContext2D, spots: Spot[]): void {
  ctx.beginPath();
  spots.forEach(({ x, y }, index) => (index === 0 ? ctx.moveTo(x, y) : ctx.lineTo(x, y)));
}

/** The path just traced, in its colour on a dark edge: seen on a dark map and on a light one. */
function stroke(ctx: CanvasRenderingContext2D, kind: TrafficRow["kind"], width: number): void {
  ctx.setLineDash([]);
  ctx.lineWidth = width + 2.5;
  ctx.strokeStyle = `${EDGE}c0`;
  ctx.stroke();
  if (kind === "slowing") ctx.setLineDash([width * 2 + 2, width + 4]);
  ctx.lineWidth = width;
  ctx.strokeStyle = HINDRANCE_COLOUR[kind];
  ctx.stroke();
  ctx.setLineDash([]);
}

const hatches = new Map<string, CanvasPattern | null>();

function hatch(ctx: CanvasRenderingContext2D, kind: TrafficRow["kind"]): CanvasPattern | null {
  const known = hatches.get(kind);
  if (known !== undefined) return known;
  const side = kind === "closure" ? 8 : 12;
  const tile = document.createElement("canvas");
  tile.width = tile.height = side;
  const pen = tile.getContext("2d")!;
  pen.strokeStyle = `${HINDRANCE_COLOUR[kind]}b0`;
  pen.lineWidth = 1.5;
  // Closed leans to the right, slowed to the left; each stroke goes on in the next tile.
  const lean = kind === "closure" ? 1 : -1;
  for (const shift of [-side, 0, side]) {
    pen.moveTo(shift, lean > 0 ? side : 0);
    pen.lineTo(shift + side, lean > 0 ? 0 : side);
  }
  pen.stroke();
  const made = ctx.createPattern(tile, "repeat");
  hatches.set(kind, made);
  return made;
}

function middle(spots: Spot[]): Spot {
  const sum = spots.reduce((all, { x, y }) => ({ x: all.x + x, y: all.y + y }), { x: 0, y: 0 });
  return { x: sum.x / spots.length, y: sum.y / spots.length };
}

function words(ctx: CanvasRenderingContext2D, row: TrafficRow, { x, y }: Spot, ink: Ink): void {
  const text = row.reason.length > LONGEST_WORDS ? `${row.reason.slice(0, LONGEST_WORDS - 1)}…` : row.reason;
  ctx.font = FONT;
  ctx.textAlign = "left";
  ctx.lineWidth = 3;
  ctx.strokeStyle = ink.halo;
  ctx.strokeText(text, x + 12, y + 0.5);
  ctx.fillStyle = row.kind === "closure" ? ink.closureText : ink.slowingText;
  ctx.fillText(text, x + 12, y + 0.5);
}
