/** Paints what moves and what matters on a canvas above the base map; nothing here makes the map render again. */
import type { Point } from "../wire/rows";
import { paintHindrances } from "./hindrances";
import { FONT, Labels, LABEL_HEIGHT, Room } from "./labels";
import type { Mark } from "./marks";
import { paintCover } from "./paintCover";
import { paintHospital, paintIncident, paintPin, paintPoint, paintStation } from "./paintPlaces";
import { paintSketch } from "./paintSketch";
import { paintUnits } from "./paintUnits";
import { paintWays } from "./paintWays";
import type { Scene, Wish } from "./scene";
import type { Spot } from "./spot";

/** Half of a hospital's cross, pixels. */
const CROSS = 6;

/** One map's painter: it remembers which names stood, so that they stay where they can and nothing flickers. */
export class Overlay {
  private labels = new Labels();
  private standing = new Set<string>();

  /** Paints one frame; returns where each mark stands, for clicks, the topmost last. */
  paint(ctx: CanvasRenderingContext2D, scene: Scene): Mark[] {
    ctx.clearRect(0, 0, scene.width, scene.height);
    ctx.font = FONT;
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    const marks: Mark[] = [];
    const wishes: Wish[] = [];
    const inView = ({ x, y }: Spot) => x > -40 && y > -40 && x < scene.width + 40 && y < scene.height + 40;
    const each = <T extends { position: Point }>(rows: T[], draw: (row: T, spot: Spot) => Mark | null) => {
      for (const row of rows) {
        const spot = scene.project(row.position);
        const mark = inView(spot) ? draw(row, spot) : null;
        if (mark) marks.push(mark);
      }
    };
    paintCover(ctx, scene, inView);
    paintHindrances(ctx, scene.traffic, scene);
    paintWays(ctx, scene);
    each(scene.points, (row, spot) => paintPoint(ctx, scene, row, spot, wishes));
    each(scene.stations, (row, spot) => paintStation(ctx, scene, row, spot, wishes));
    each(scene.hospitals, (row, spot) => paintHospital(ctx, scene, row, spot, wishes));
    marks.push(...paintUnits(ctx, scene, inView, wishes));
    each(scene.incidents, (row, spot) => paintIncident(ctx, scene, row, spot, wishes));
    this.name(ctx, scene, wishes, marks);
    if (scene.pin) paintPin(ctx, scene.project(scene.pin), scene.ink);
    if (scene.sketch) paintSketch(ctx, scene, scene.sketch);
    return marks;
  }

  private name(ctx: CanvasRenderingContext2D, { ink, ratio }: Scene, wishes: Wish[], marks: Mark[]): void {
    const room = roomBeside(marks);
    const before = this.standing;
    this.standing = new Set();
    const first = (wish: Wish) => wish.rank - (before.has(wish.text) ? 0.5 : 0);
    for (const wish of wishes.sort((a, b) => first(a) - first(b))) {
      const width = this.labels.width(wish.text, ink, ratio);
      const box = { x: wish.x, y: wish.y - LABEL_HEIGHT / 2 + 2, width, height: LABEL_HEIGHT - 4 };
      if (!room.take(box, wish.must)) continue;
      this.standing.add(wish.text);
      this.labels.draw(ctx, wish.text, wish.x, wish.y, ink, ratio);
    }
  }
}

/** The room that is left for names: none of them lies across the cross of another hospital. */
export function roomBeside(marks: Mark[]): Room {
  const room = new Room();
  for (const { kind, x, y } of marks) {
    if (kind === "hospital") room.take({ x: x - CROSS, y: y - CROSS, width: 2 * CROSS, height: 2 * CROSS }, true);
  }
  return room;
}
