/** What is being drawn by hand: its corners, its edge, and the cross in the middle that a keyboard aims with. */
import type { Sketch } from "./drawing";
import type { Scene } from "./scene";

export function paintSketch(ctx: CanvasRenderingContext2D, { project, ink, width, height }: Scene, { shape, points, done }: Sketch): void {
  const spots = points.map(project);
  ctx.beginPath();
  spots.forEach(({ x, y }, index) => (index === 0 ? ctx.moveTo(x, y) : ctx.lineTo(x, y)));
  if (shape === "area" && spots.length > 2) ctx.closePath();
  if (shape === "area") {
    ctx.fillStyle = `${ink.closure}40`;
    ctx.fill();
  }
  for (const [wide, colour] of [[5.5, ink.halo], [3, ink.closure]] as const) {
    ctx.lineWidth = wide;
    ctx.strokeStyle = colour;
    ctx.stroke();
  }
  for (const { x, y } of spots) {
    ctx.beginPath();
    ctx.arc(x, y, 5, 0, Math.PI * 2);
    ctx.fillStyle = "#ffffff";
    ctx.fill();
    ctx.lineWidth = 2;
    ctx.strokeStyle = ink.closure;
    ctx.stroke();
  }
  if (!done) cross(ctx, width / 2, height / 2, ink.halo, ink.ring);
}

function cross(ctx: CanvasRenderingContext2D, x: number, y: number, halo: string, colour: string): void {
  ctx.beginPath();
  for (const [dx, dy] of [[0, -1], [0, 1], [-1, 0], [1, 0]] as const) {
    ctx.moveTo(x + dx * 4, y + dy * 4);
    ctx.lineTo(x + dx * 12, y + dy * 12);
  }
  for (const [wide, ink] of [[3.5, halo], [1.5, colour]] as const) {
    ctx.lineWidth = wide;
    ctx.strokeStyle = ink;
    ctx.stroke();
  }
}
