/** What stands in the line and what was sent from it. Half a line survives a reload, a cut and a login in mid-shift. */
import { Cell } from "../store/cell";

type Kept = { text: string; history: string[] };

const STORED = "vigil.line.1";
const KEPT_LINES = 50;

function stored(): Kept {
  try {
    const text = sessionStorage.getItem(STORED);
    return { text: "", history: [], ...(text ? (JSON.parse(text) as Kept) : {}) };
  } catch {
    return { text: "", history: [] };
  }
}

export const line = new Cell<Kept>(stored());

line.subscribe(() => {
  try {
    sessionStorage.setItem(STORED, JSON.stringify(line.get()));
  } catch {
    // Without storage the line still lives as long as the page.
  }
});

/** Puts words into the line; the one who asked goes on typing there. */
export function write(text: string): void {
  line.change({ text });
}

/** On top of the history, once. */
export function remember(text: string): void {
  const said = text.trim();
  if (said === "") return;
  const { history } = line.get();
  line.change({ history: [said, ...history.filter((one) => one !== said)].slice(0, KEPT_LINES) });
}

/** Taken up when an order could not be carried out: never over something that is being typed. */
export function giveBack(text: string): boolean {
  remember(text);
  if (line.get().text.trim() !== "") return false;
  write(text);
  return true;
}

/** Up and down through what was given before; what was being typed stands below it all. */
export class History {
  private at = -1;
  private draft = "";

  /** 1 is older, -1 newer. */
  step(by: 1 | -1): void {
    const { text, history } = line.get();
    const to = Math.max(-1, Math.min(history.length - 1, this.at + by));
    if (to === this.at) return;
    if (this.at === -1) this.draft = text;
    this.at = to;
    write(to === -1 ? this.draft : history[to]!);
  }

  forget(): void {
    this.at = -1;
  }
}
