/** Coverage, cell by cell: a dot where two units or more are in time, a ring where one is, a cross where none is. */
import type { Scene } from "./scene";
import type { Spot } from "./spot";

const SIZE = 5;

export function paintCover(ctx: CanvasRenderingContext2D, { cover, project, ink }: Scene, inView: (spot: Spot) => boolean): void {
  if (cover.length === 0) return;
  const dots = new Path2D();
  const rings = new Path2D();
  const gaps = new Path2D();
  for (const cell of cover) {
    const { x, y } = project(cell);
    if (!inView({ x, y })) continue;
    if (cell.units === 0) {
      gaps.moveTo(x - SIZE, y - SIZE);
      gaps.lineTo(x + SIZE, y + SIZE);
      gaps.moveTo(x + SIZE, y - SIZE);
      gaps.lineTo(x - SIZE, y + SIZE);
      continue;
    }
    const path = cell.units === 1 ? rings : dots;
    const radius = cell.units === 1 ? SIZE - 1 : SIZE - 2;
    path.moveTo(x + radius, y);
    path.arc(x, y, radius, 0, Math.PI * 2);
  }
  ctx.globalAlpha = 0.75;
  ctx.fillStyle = ctx.strokeStyle = ink.covered;
  ctx.fill(dots);
  ctx.lineWidth = 1.75;
  ctx.stroke(rings);
  ctx.globalAlpha = 1;
  ctx.lineWidth = 4.5;
  ctx.strokeStyle = ink.halo;
  ctx.stroke(gaps);
  ctx.lineWidth = 2.25;
  ctx.strokeStyle = ink.gap;
  ctx.stroke(gaps);
}
