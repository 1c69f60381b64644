/** The ring around whatever is selected. */
import type { Spot } from "./spot";
import type { Ink } from "./theme";

export function ring(ctx: CanvasRenderingContext2D, { x, y }: Spot, radius: number, ink: Ink): void {
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, Math.PI * 2);
  ctx.lineWidth = 2;
  ctx.strokeStyle = ink.ring;
  ctx.stroke();
}
