/** Names on the overlay: each drawn once and kept as a picture, and only where none covers another. */
import type { Ink } from "./theme";

export const FONT = "600 11px 'Noto Sans Variable', 'Noto Sans', sans-serif";
/** Height of a name with its halo, pixels. */
const HEIGHT = 16;
const HALO = 3;
/** Pictures kept at most; a city changes names slowly, so this is hardly ever reached. */
const MOST = 4000;

type Picture = { canvas: HTMLCanvasElement; width: number };
export type Box = { x: number; y: number; width: number; height: number };

export class Labels {
  private pictures = new Map<string, Picture>();
  private made = "";

  /** Draws `text` with its left edge at x, its middle at y, both in CSS pixels of `ctx` at `ratio`. */
  draw(ctx: CanvasRenderingContext2D, text: string, x: number, y: number, ink: Ink, ratio: number): void {
    const { canvas, width } = this.picture(text, ink, ratio);
    // On whole device pixels, or the letters would swim.
    const at = (value: number) => Math.round(value * ratio) / ratio;
    ctx.drawImage(canvas, at(x - HALO), at(y - HEIGHT / 2), width, HEIGHT);
  }

  width(text: string, ink: Ink, ratio: number): number {
    return this.picture(text, ink, ratio).width;
  }

  private picture(text: string, ink: Ink, ratio: number): Picture {
    const made = `${ink.theme}/${ratio}`;
    if (made !== this.made || this.pictures.size > MOST) this.pictures.clear();
    this.made = made;
    const known = this.pictures.get(text);
    if (known) return known;
    const canvas = document.createElement("canvas");
    const pen = canvas.getContext("2d")!;
    pen.font = FONT;
    const width = Math.ceil(pen.measureText(text).width) + 2 * HALO;
    canvas.width = width * ratio;
    canvas.height = HEIGHT * ratio;
    pen.scale(ratio, ratio);
    pen.font = FONT;
    pen.textBaseline = "middle";
    pen.lineJoin = "round";
    pen.lineWidth = HALO;
    pen.strokeStyle = ink.halo;
    pen.strokeText(text, HALO, HEIGHT / 2 + 0.5);
    pen.fillStyle = ink.text;
    pen.fillText(text, HALO, HEIGHT / 2 + 0.5);
    const picture = { canvas, width };
    this.pictures.set(text, picture);
    return picture;
  }
}

/** The room that names take on one frame: whoever comes first has it. */
export class Room {
  private cells = new Map<number, Box[]>();

  /** False where something lies already; `must` takes the room all the same. */
  take(box: Box, must = false): boolean {
    const cells = [...this.touched(box)];
    if (!must && cells.some((cell) => this.cells.get(cell)?.some((other) => overlap(box, other)))) return false;
    for (const cell of cells) {
      const here = this.cells.get(cell);
      if (here) here.push(box);
      else this.cells.set(cell, [box]);
    }
    return true;
  }

  private *touched({ x, y, width, height }: Box): Generator<number> {
    for (let column = Math.floor(x / 64); column <= Math.floor((x + width) / 64); column += 1) {
      for (let row = Math.floor(y / 32); row <= Math.floor((y + height) / 32); row += 1) yield column * 4096 + row;
    }
  }
}

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

export const LABEL_HEIGHT = HEIGHT;
