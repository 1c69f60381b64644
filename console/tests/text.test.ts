import { describe, expect, test } from "vitest";

import { en } from "../src/text/en";
import { i18n, speak } from "../src/text/i18n";
import { vi } from "../src/text/vi";

const gaps = (text: string) => [...text.matchAll(/\{(\w+)/g)].map((found) => found[1]).sort();

test("both languages hold the same keys", () => {
  expect(Object.keys(en).sort()).toEqual(Object.keys(vi).sort());
});

describe.each(Object.keys(vi) as (keyof typeof vi)[])("%s", (key) => {
  test("is written in both languages with the same gaps to fill", () => {
    expect(vi[key].trim()).not.toBe("");
    expect(en[key].trim()).not.toBe("");
    expect(gaps(en[key])).toEqual(gaps(vi[key]));
  });
});

test("the language of the page follows the language in use", () => {
  speak("en");
  expect([document.documentElement.lang, i18n._("incident.patients", { count: 1 })]).toEqual(["en", "1 patient"]);
  expect(i18n._("incident.patients", { count: 3 })).toBe("3 patients");
  speak("vi");
  expect([document.documentElement.lang, i18n._("incident.patients", { count: 3 })]).toEqual(["vi", "3 bệnh nhân"]);
});
