/** What stands still: incidents as diamonds, hospitals as a cross on a flag, stations, points of the city, the pin. */
import type { CityPoint } from "./answers";
import type { Mark } from "./marks";
import { ring } from "./ring";
import type { PaintedHospital, PaintedIncident, PaintedStation, Scene, Wish } from "./scene";
import type { Spot } from "./spot";
import type { Ink } from "./theme";

/** Names of places appear from these zooms on. */
const HOSPITALS_FROM = 12;
const STATIONS_FROM = 11;
const STATION_NAMES_FROM = 14.5;
const POINT_NAMES_FROM = 15.5;
/** How far above its place the cross of a hospital stands, pixels. */
const RAISED = 15;

type Pen = CanvasRenderingContext2D;

export function paintIncident(ctx: Pen, { selected, ink }: Scene, row: PaintedIncident, { x, y }: Spot, wishes: Wish[]): Mark {
  const here = selected.incident === row.id;
  const size = here ? 14 : 12;
  ctx.beginPath();
  ctx.moveTo(x, y - size);
  ctx.lineTo(x + size, y);
  ctx.lineTo(x, y + size);
  ctx.lineTo(x - size, y);
  ctx.closePath();
  ctx.fillStyle = ink.priority[row.priority];
  ctx.fill();
  ctx.lineWidth = here ? 3 : 1.5;
  ctx.strokeStyle = here ? ink.ring : ink.edge;
  ctx.stroke();
  ctx.fillStyle = ink.onPriority[row.priority];
  ctx.textAlign = "center";
  ctx.fillText(row.priority, x, y + 0.5);
  wishes.push({ text: `#${row.number}`, x: x + size + 3, y, rank: 0, must: true });
  return { x, y, kind: "incident", id: row.id };
}

export function paintHospital(ctx: Pen, { selected, ink, zoom }: Scene, row: PaintedHospital, { x, y }: Spot, wishes: Wish[]): Mark {
  // It stands above its place on a point, so that units in its yard do not cover the cross.
  const middle = y - RAISED;
  const here = selected.hospital === row.id;
  if (here) ring(ctx, { x, y: middle }, 13, ink);
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
  ctx.strokeStyle = ink.edge;
  ctx.stroke();
  ctx.fillStyle = row.diversion ? "#ff9592" : "#0b5cad";
  ctx.fillRect(x - 1.75, middle - 5, 3.5, 10);
  ctx.fillRect(x - 5, middle - 1.75, 10, 3.5);
  if (zoom >= HOSPITALS_FROM || here) wishes.push({ text: row.code, x: x + 10, y: middle, rank: 2, must: here });
  return { x, y: middle, kind: "hospital", id: row.id };
}

/** A gabled house. */
export function paintStation(ctx: Pen, { ink, zoom }: Scene, row: PaintedStation, { x, y }: Spot, wishes: Wish[]): Mark | null {
  if (zoom < STATIONS_FROM) return null;
  ctx.beginPath();
  ctx.moveTo(x - 6, y + 6);
  ctx.lineTo(x - 6, y - 2);
  ctx.lineTo(x, y - 7);
  ctx.lineTo(x + 6, y - 2);
  ctx.lineTo(x + 6, y + 6);
  ctx.closePath();
  outlined(ctx, ink, ink.station);
  if (zoom >= STATION_NAMES_FROM) wishes.push({ text: row.name, x: x + 9, y: y + 10, rank: 5, must: false });
  return { x, y, kind: "station", id: row.id };
}

export function paintPoint(ctx: Pen, { ink, zoom }: Scene, row: CityPoint, { x, y }: Spot, wishes: Wish[]): Mark {
  if (row.kind === "camera") camera(ctx, ink, x, y);
  else school(ctx, ink, x, y);
  if (zoom >= POINT_NAMES_FROM) wishes.push({ text: row.name, x: x + 9, y, rank: 6, must: false });
  return { x, y, kind: "point", id: row.id };
}

function camera(ctx: Pen, ink: Ink, x: number, y: number): void {
  ctx.beginPath();
  ctx.rect(x - 7, y - 4, 9, 8);
  ctx.moveTo(x + 2, y - 1);
  ctx.lineTo(x + 7, y - 4);
  ctx.lineTo(x + 7, y + 4);
  ctx.lineTo(x + 2, y + 1);
  outlined(ctx, ink, ink.point);
}

/** An open book. */
function school(ctx: Pen, ink: Ink, x: number, y: number): void {
  ctx.beginPath();
  ctx.moveTo(x, y + 5);
  ctx.lineTo(x - 7, y + 3);
  ctx.lineTo(x - 7, y - 5);
  ctx.lineTo(x, y - 3);
  ctx.lineTo(x + 7, y - 5);
  ctx.lineTo(x + 7, y + 3);
  ctx.closePath();
  ctx.moveTo(x, y - 3);
  ctx.lineTo(x, y + 5);
  outlined(ctx, ink, ink.point);
}

/** The path just traced, as a line of `colour` filled with the ground. */
function outlined(ctx: Pen, ink: Ink, colour: string): void {
  ctx.lineWidth = 3.5;
  ctx.strokeStyle = ink.halo;
  ctx.stroke();
  ctx.fillStyle = ink.halo;
  ctx.fill();
  ctx.lineWidth = 1.5;
  ctx.strokeStyle = colour;
  ctx.stroke();
}

export function paintPin(ctx: Pen, { x, y }: Spot, ink: Ink): void {
  for (const [width, colour] of [[4.5, ink.halo], [2, ink.ring]] as const) {
    ctx.lineWidth = width;
    ctx.strokeStyle = colour;
    ctx.beginPath();
    ctx.arc(x, y, 9, 0, Math.PI * 2);
    for (const [dx, dy] of [[0, -1], [0, 1], [-1, 0], [1, 0]] as const) {
      ctx.moveTo(x + dx * 5, y + dy * 5);
      ctx.lineTo(x + dx * 15, y + dy * 15);
    }
    ctx.stroke();
  }
}
