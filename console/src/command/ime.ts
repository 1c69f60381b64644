/** How a Vietnamese keyboard turns keys into letters: Telex and VNI, as far as short codes are concerned. */

/** `free` : a mark may be typed anywhere after its letter. `lone` : w by itself is ư (Telex only). */
export type Manner = { method: "telex" | "vni"; free: boolean; lone: boolean };

export const MANNERS: Manner[] = [
  { method: "telex", free: true, lone: true },
  { method: "telex", free: true, lone: false },
  { method: "telex", free: false, lone: true },
  { method: "vni", free: true, lone: false },
  { method: "vni", free: false, lone: false },
];

type Letter = { base: string; mark: "" | "^" | "+" | "(" | "-" };
type Word = { letters: Letter[]; tone: string };

const VOWELS = "aeiouy";
const TONES = { telex: "sfrxj", vni: "12345" };
const NO_TONE = { telex: "z", vni: "0" };
/** Combining marks in the order of the tone keys: sắc, huyền, hỏi, ngã, nặng. */
const SIGNS = ["\u0301", "\u0300", "\u0309", "\u0303", "\u0323"];
const MARKS: Record<string, string> = { "^": "\u0302", "+": "\u031b", "(": "\u0306" };

const isVowel = ({ base }: Letter) => VOWELS.includes(base);

/** What stands on the screen after these keys, in small letters. The cluster's last vowel carries the tone: enough to compare. */
export function compose(keys: string, manner: Manner): string {
  const word: Word = { letters: [], tone: "" };
  for (const key of keys.toLowerCase()) press(word, key, manner);
  return spell(word);
}

function press(word: Word, key: string, manner: Manner): void {
  const { method } = manner;
  const marked = method === "telex" ? telexMark(word, key, manner) : vniMark(word, key, manner);
  if (marked) return;
  const tone = TONES[method].indexOf(key);
  const sounds = word.letters.some(isVowel);
  if (tone >= 0 && sounds) {
    const sign = SIGNS[tone]!;
    // The same tone twice takes it back and leaves the key.
    if (word.tone !== sign) return void (word.tone = sign);
    word.tone = "";
  } else if (key === NO_TONE[method] && word.tone !== "") return void (word.tone = "");
  word.letters.push({ base: key, mark: "" });
}

function telexMark(word: Word, key: string, { free, lone }: Manner): boolean {
  if ("aeo".includes(key)) return put(word, (one) => one.base === key, "^", key, free);
  if (key === "d") return put(word, (one) => one.base === "d", "-", key, free);
  if (key !== "w") return false;
  if (put(word, (one) => "uo".includes(one.base), "+", key, free)) return true;
  if (put(word, (one) => one.base === "a", "(", key, free)) return true;
  if (lone) word.letters.push({ base: "u", mark: "+" });
  return lone;
}

function vniMark(word: Word, key: string, { free }: Manner): boolean {
  switch (key) {
    case "6": return put(word, (one) => "aeo".includes(one.base), "^", key, free);
    case "7": return put(word, (one) => "uo".includes(one.base), "+", key, free);
    case "8": return put(word, (one) => one.base === "a", "(", key, free);
    case "9": return put(word, (one) => one.base === "d", "-", key, free);
    default: return false;
  }
}

/** Marks the nearest fitting letter; one that bears this mark already loses it and the key is written out. */
function put(word: Word, fits: (one: Letter) => boolean, mark: Letter["mark"], key: string, free: boolean): boolean {
  const reach = free ? word.letters : word.letters.slice(-1);
  const letter = reach.findLast(fits);
  if (!letter) return false;
  if (letter.mark === mark) {
    letter.mark = "";
    return false;
  }
  letter.mark = mark;
  // uo takes its horns together: ươ.
  const before = word.letters[word.letters.indexOf(letter) - 1];
  if (mark === "+" && letter.base === "o" && before?.base === "u" && key !== "") before.mark = "+";
  return true;
}

function spell({ letters, tone }: Word): string {
  const seat = letters.findLastIndex(isVowel);
  return letters.map(({ base, mark }, place) => {
    const letter = mark === "-" ? "đ" : base + (MARKS[mark] ?? "");
    return place === seat ? letter + tone : letter;
  }).join("").normalize("NFC");
}

/** One form for all places a tone may sit in, old style or new: tones moved to the end, small letters. */
export function alike(text: string): string {
  const parts = text.toLowerCase().normalize("NFD");
  const tones = [...parts].filter((sign) => SIGNS.includes(sign)).join("");
  const letters = [...parts].filter((sign) => !SIGNS.includes(sign)).join("");
  return letters.normalize("NFC") + tones;
}
