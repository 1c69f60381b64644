/** The words this city knows, found again however an input method has changed them on their way. */
import { alike, compose, MANNERS } from "./ime";

/** One word, or all that it may have been: who reads it refuses more than one. */
export type Reading = { word: string } | { several: string[] } | null;

export class Lexicon {
  /** What may stand on the screen for it: the word itself, or what Telex and VNI make of its keys. */
  private shapes = new Map<string, Set<string>>();

  constructor(words: Iterable<string>) {
    for (const word of words) {
      this.note(word.toLowerCase(), word);
      for (const manner of MANNERS) this.note(alike(compose(word, manner)), word);
    }
  }

  read(token: string): Reading {
    // Whoever writes Vietnamese all day types Đ for D: `đ 1`, and TĐ for Thủ Đức.
    const found = this.shapes.get(alike(token)) ?? this.shapes.get(alike(token).replaceAll("đ", "d"));
    if (!found) return null;
    const [first, ...others] = [...found];
    return others.length === 0 ? { word: first! } : { several: [...found].sort() };
  }

  private note(shape: string, word: string): void {
    const words = this.shapes.get(shape);
    if (words) words.add(word);
    else this.shapes.set(shape, new Set([word]));
  }
}
