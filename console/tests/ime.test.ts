/** Words that a Vietnamese keyboard leaves alone, and the way back for those it does not. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

import { alike, compose, MANNERS, type Manner } from "../src/command/ime";
import { Lexicon } from "../src/command/lexicon";
import { BEDS, STATUSES, VERBS } from "../src/command/words";

const [telex, , , vni] = MANNERS as [Manner, Manner, Manner, Manner, Manner];

function namesIn(city: string, file: string, field: string): string[] {
  const text = readFileSync(`../cities/${city}/${file}.toml`, "utf8");
  return [...text.matchAll(new RegExp(`^${field} = "([^"]+)"`, "gm"))].map((found) => found[1]!);
}

const CODES = ["hcmc", "demo"].flatMap((city) => namesIn(city, "hospitals", "code"));
const CALLSIGNS = ["hcmc", "demo"].flatMap((city) => namesIn(city, "fleet", "callsign"));
const NUMBERED = ["C", "T", "M"].flatMap((letter) => Array.from({ length: 999 }, (_, place) => `${letter}${place + 1}`));

describe("the simulated keyboards", () => {
  test.each([
    ["tieengs", "tiếng"], ["Vieejt", "việt"], ["dduwowngf", "đường"], ["duongwf", "dường"], ["oos", "ố"], ["aws", "ắ"],
    ["ass", "as"], ["w", "ư"], ["dda", "đa"], ["dad", "đa"], ["a3", "a3"],
  ])("Telex makes of %s %s", (keys, shown) => expect(alike(compose(keys, telex))).toBe(alike(shown)));

  test.each([
    ["tie6ng1", "tiếng"], ["d9uong72", "đường"], ["A3", "ả"], ["A6", "â"], ["D9", "đ"], ["a8", "ă"], ["a11", "a1"], ["os", "os"],
  ])("VNI makes of %s %s", (keys, shown) => expect(alike(compose(keys, vni))).toBe(alike(shown)));
});

describe("under every manner of Telex and VNI", () => {
  const untouched = (word: string) => MANNERS.every((manner) => alike(compose(word, manner)) === word.toLowerCase());

  test("every verb, every status and every callsign from 1 to 999 stays as it was typed", () => {
    expect([...VERBS, ...STATUSES, ...NUMBERED].filter((word) => !untouched(word))).toEqual([]);
  });

  test("the callsigns and the hospitals' codes of our cities stay as they were typed", () => {
    expect(CALLSIGNS.length).toBeGreaterThan(150);
    expect(CODES.length).toBeGreaterThan(70);
    expect([...CALLSIGNS, ...CODES].filter((word) => !untouched(word))).toEqual([]);
  });

  test("each kind of bed has at least one word that stays", () => {
    const kinds = new Set(Object.values(BEDS));
    const safe = new Set(Object.entries(BEDS).filter(([word]) => untouched(word)).map(([, kind]) => kind));
    expect(safe).toEqual(kinds);
  });

  test("numbers stay numbers", () => {
    expect(["1", "12", "413", "1009"].filter((word) => !untouched(word))).toEqual([]);
  });
});

describe("the way back", () => {
  const old = ["A3", "A6", "D9", "D12", "OS", "ER", "AS", "C12", "E1"];
  const lexicon = new Lexicon([...old, ...VERBS, ...Object.keys(BEDS)]);

  test.each(MANNERS.map((manner) => [`${manner.method} ${manner.free ? "free" : "strict"}`, manner] as const))(
    "finds every known word again that %s has changed", (_, manner) => {
      for (const word of old) {
        for (const keys of [word, word.toLowerCase()]) expect(lexicon.read(compose(keys, manner))).toEqual({ word });
      }
    });

  test("reads the examples of the trade: Ả is A3, đ is D9, Ố in two forms of writing is one word", () => {
    expect(lexicon.read("Ả")).toEqual({ word: "A3" });
    expect(lexicon.read("đ")).toEqual({ word: "D9" });
    expect(lexicon.read("Ó")).toEqual({ word: "OS" });
    expect(lexicon.read("O\u0301")).toEqual({ word: "OS" });
    expect(lexicon.read("ỏ")).toEqual({ word: "OR" });
  });

  test("refuses what may be several words, instead of guessing", () => {
    const twins = new Lexicon(["A3", "AR", "A1", "A11"]);
    expect(twins.read("ả")).toEqual({ several: ["A3", "AR"] });
    expect(twins.read("a1")).toEqual({ several: ["A1", "A11"] });
    expect(twins.read("ar")).toEqual({ word: "AR" });
  });

  test("knows no word it was not given", () => {
    expect([lexicon.read("Ẩ"), lexicon.read("xe"), lexicon.read("C13")]).toEqual([null, null, null]);
  });

  test("no two words of a city can be taken for one another", () => {
    for (const city of ["hcmc", "demo"]) {
      const words = [...namesIn(city, "fleet", "callsign"), ...namesIn(city, "hospitals", "code")];
      const ours = new Lexicon(words);
      for (const word of words) {
        for (const manner of MANNERS) expect(ours.read(compose(word, manner))).toEqual({ word });
      }
    }
  });
});
