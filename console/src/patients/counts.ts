/** "12 đỏ 3 vàng" as it is called over the radio, read into counts; and which tags that colours. */
import { plain } from "../boards/plain";
import type { PatientRow } from "../wire/rows";
import { ALL_SORTS, COLOURS, nobody, type Colour, type Counts, type Sorted } from "./colours";

/** Words without their marks. "d" is left out: it could be đỏ or đen. */
const WORDS: Record<string, Sorted> = {
  do: "red", red: "red", r: "red",
  vang: "yellow", v: "yellow", yellow: "yellow", y: "yellow",
  xanh: "green", x: "green", green: "green", g: "green",
  den: "black", black: "black", b: "black",
  chua: "unsorted", nguoi: "unsorted", unsorted: "unsorted", people: "unsorted",
};
/** One order takes so many; the server says the same. */
export const MOST = 200;

export type Read = { counts: Counts; wrong: string[] };

/** Number and colour in either order ("4 red", "red 4", "4r"); a number alone is so many whom nobody has looked at. */
export function readCounts(text: string): Read {
  const parts = plain(text).match(/\d+|[a-z]+|[^\s\da-z,;.+&]+/g) ?? [];
  const counts = nobody();
  const wrong: string[] = [];
  const numberFirst = /^\d/.test(parts.find((part) => /^\d/.test(part) || part in WORDS) ?? "");
  let number: number | null = null;
  let sort: Sorted | null = null;
  let word = "";
  const close = () => {
    if (number !== null) counts[sort ?? "unsorted"] += number;
    else if (sort !== null) wrong.push(word);
    number = sort = null;
  };
  for (const part of parts) {
    if (/^\d/.test(part)) {
      if (numberFirst || number !== null) close();
      number = Number(part);
    } else if (part in WORDS) {
      if (!numberFirst || sort !== null) close();
      sort = WORDS[part]!;
      word = part;
    } else wrong.push(part);
  }
  close();
  return { counts, wrong };
}

/** The same as text that reads back: "4 đỏ 3 vàng", and a bare number for those nobody has looked at. */
export function writeCounts(counts: Counts, word: (colour: Colour) => string): string {
  return ALL_SORTS.filter((sort) => counts[sort] > 0)
    .map((sort) => (sort === "unsorted" ? `${counts[sort]}` : `${counts[sort]} ${word(sort)}`)).join(" ");
}

export type Colouring = { patient_id: string; category: Colour };

/** Colours for those who have a tag and none yet, in the order of their tags; `left` are more than there were tags. */
export function share(counts: Counts, rows: PatientRow[]): { colourings: Colouring[]; left: Counts } {
  const waiting = unsortedAtScene(rows);
  const left = { ...counts };
  const colourings: Colouring[] = [];
  for (const category of COLOURS) {
    while (left[category] > 0 && colourings.length < waiting.length) {
      colourings.push({ patient_id: waiting[colourings.length]!.id, category });
      left[category] -= 1;
    }
  }
  return { colourings, left };
}

const byTag = new Intl.Collator("en", { numeric: true });

export function unsortedAtScene(rows: PatientRow[]): PatientRow[] {
  return rows.filter((row) => row.category === null && row.ended_at === null).sort((a, b) => byTag.compare(a.tag, b.tag));
}
