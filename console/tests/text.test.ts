import { describe, expect, test } from "vitest";

import { areas } from "../src/text/areas";
import { en } from "../src/text/en";
import { ago, i18n, speak, type Key } from "../src/text/i18n";
import { vi } from "../src/text/vi";

const gaps = (text: string) => [...text.matchAll(/\{(\w+)\s*[,}]/g)].map((found) => found[1]).sort();

const catalogues: [string, Record<string, string>, Record<string, string>][] = [
  ["the first second", vi, en],
  ...Object.entries(areas).map(([area, said]): [string, Record<string, string>, Record<string, string>] => [area, said.vi, said.en]),
];

describe.each(catalogues)("of %s", (_, vi, en) => {
  test("both languages hold the same keys", () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(vi).sort());
  });

  test.each(Object.keys(vi))("%s is written in both languages with the same gaps to fill", (key) => {
    expect(vi[key]!.trim()).not.toBe("");
    expect(en[key]!.trim()).not.toBe("");
    expect(gaps(en[key]!)).toEqual(gaps(vi[key]!));
  });
});

test("no text is said by two catalogues", () => {
  const keys = catalogues.flatMap(([, texts]) => Object.keys(texts));
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
});

test("the language of the page follows the language in use", () => {
  speak("en");
  expect([document.documentElement.lang, i18n._("incident.patients", { count: 1 })]).toEqual(["en", "1 patient"]);
  expect(i18n._("incident.patients", { count: 3 })).toBe("3 patients");
  speak("vi");
  expect([document.documentElement.lang, i18n._("incident.patients", { count: 3 })]).toEqual(["vi", "3 bệnh nhân"]);
});

test("an age is said in words, never like a time of day", () => {
  const t = (key: Key, values?: Record<string, string | number>) => i18n._(key, values);
  const said = () => [-4, 59, 60, 239, 3600, 2 * 86_400].map((seconds) => ago(t, seconds));
  speak("vi");
  expect(said()).toEqual(["vừa xong", "vừa xong", "1 phút trước", "3 phút trước", "1 giờ trước", "2 ngày trước"]);
  speak("en");
  expect(said()).toEqual(["just now", "just now", "1 min ago", "3 min ago", "1 h ago", "2 days ago"]);
  speak("vi");
});
