/** Ways of units: the road behind them solid, the road ahead dashed, a mere direction dotted. */
import type { Scene, Way } from "./scene";
import type { Spot } from "./spot";

const DASHES: Record<Way["kind"], number[]> = { driven: [], ahead: [9, 5], direction: [1.5, 5] };

export function paintWays(ctx: CanvasRenderingContext2D, { ways, project, ink }: Scene): void {
  ctx.lineCap = "round";
  for (const way of ways) {
    if (way.points.length < 2) continue;
    ctx.beginPath();
    trace(ctx, way.points.map(project));
    const width = way.strong ? 4 : 2;
    if (way.strong) {
      ctx.setLineDash([]);
      ctx.lineWidth = width + 3;
      ctx.strokeStyle = ink.halo;
      ctx.stroke();
    }
    ctx.setLineDash(DASHES[way.kind]);
    ctx.lineWidth = width;
    ctx.strokeStyle = way.colour;
    ctx.globalAlpha = way.strong ? 1 : 0.7;
    ctx.stroke();
    ctx.globalAlpha = 1;
  }
  ctx.setLineDash([]);
  ctx.lineCap = "butt";
}

/** Points nearer than a pixel to the one before add nothing but work. */
function trace(ctx: CanvasRenderingContext2D, spots: Spot[]): void {
  let last: Spot | null = null;
  spots.forEach((spot, index) => {
    if (!last) ctx.moveTo(spot.x, spot.y);
    else if (index < spots.length - 1 && Math.abs(spot.x - last.x) + Math.abs(spot.y - last.y) < 1) return;
    else ctx.lineTo(spot.x, spot.y);
    last = spot;
  });
}
