/** Counts as they are called over the radio, the order of need, and a spread that a hand changes. */
import { describe, expect, test } from "vitest";

import { countOf, inAll, inOrderOfNeed, nobody, type Colour } from "../src/patients/colours";
import { readCounts, share, writeCounts } from "../src/patients/counts";
import { bound, proposed, shareOf, usualKind } from "../src/patients/spreading";
import { en } from "../src/text/en";
import { vi } from "../src/text/vi";
import { aBed, aHospital, aPatient, NOON } from "./samples";

describe("casualties by count", () => {
  test.each([
    ["12 đỏ", { red: 12 }],
    ["4 đỏ 3 vàng 5 xanh 1 đen", { red: 4, yellow: 3, green: 5, black: 1 }],
    ["4 do, 3 vang; 5 xanh + 1 den", { red: 4, yellow: 3, green: 5, black: 1 }],
    ["đỏ 4 vàng 3", { red: 4, yellow: 3 }],
    ["4 red 3 yellow 5 green 1 black", { red: 4, yellow: 3, green: 5, black: 1 }],
    ["4r 3y 5g", { red: 4, yellow: 3, green: 5 }],
    ["2 đỏ 1 đỏ", { red: 3 }],
    ["12", { unsorted: 12 }],
    ["12 người", { unsorted: 12 }],
    ["4 ĐỎ 3", { red: 4, unsorted: 3 }],
    ["", {}],
  ])("%s is understood", (text, counts) => expect(readCounts(text)).toEqual({ counts: { ...nobody(), ...counts }, wrong: [] }));

  test.each([["4 hồng", ["hong"]], ["đỏ", ["do"]], ["4 d", ["d"]], ["-4 đỏ", ["-"]], ["4 đỏ vàng", ["vang"]]])(
    "%s is not, and says what of it", (text, wrong) => expect(readCounts(text).wrong).toEqual(wrong));

  test.each([vi, en])("what is written reads back as it was", (words) => {
    const counts = { red: 4, yellow: 3, green: 0, black: 1, unsorted: 7 };
    expect(readCounts(writeCounts(counts, (colour) => words[`colour.${colour}`].toLowerCase()))).toEqual({ counts, wrong: [] });
  });

  test("colour the tags that have none, by number, before anybody is entered anew", () => {
    const rows = [aPatient("10"), aPatient("9"), aPatient("1", { category: "red" }), aPatient("2", { state: "ended", ended_at: NOON })];
    const { colourings, left } = share({ ...nobody(), red: 1, yellow: 2, unsorted: 1 }, rows);
    expect(colourings).toEqual([{ patient_id: "p9", category: "red" }, { patient_id: "p10", category: "yellow" }]);
    expect(left).toEqual({ ...nobody(), yellow: 1, unsorted: 1 });
  });
});

test("red stands on top, then whom nobody has looked at, and who is gone last; tag 9 before 10", () => {
  const rows = [aPatient("1", { category: "black" }), aPatient("10", { category: "red" }), aPatient("3"), aPatient("9", { category: "red" }),
    aPatient("2", { category: "red", ended_at: NOON }), aPatient("5", { category: "green" }), aPatient("4", { category: "yellow" })];
  expect(inOrderOfNeed(rows).map((row) => row.tag)).toEqual(["9", "10", "3", "4", "5", "1", "2"]);
  expect([countOf(rows).red, inAll(countOf(rows))]).toEqual([3, 7]);
});

describe("a spread", () => {
  const sent = [["a", "red", "east"], ["b", "yellow", "east"], ["c", "red", "west"]].map(([id, category, hospital_id]) => ({
    patient_id: id!, tag: id!, category: category!, hospital_id: hospital_id!, bed_kind: "EmergencyDepartment", eta_s: 60, cost_s: 60,
  }));
  const colours: Record<string, Colour | null> = { a: "red", b: null, c: "red", d: "green" };
  const choices = proposed(sent, [{ id: "d", tag: "d" }], (id) => colours[id]!);
  const east = aHospital("east", { beds: { EmergencyDepartment: aBed({ free: 1 }), AdultICU: aBed({ free: 4 }) } });

  test("says what each hospital would get, by the colour that was really given", () => {
    const gets = shareOf({ hospital_id: "east", bound: 1, cap: 3 }, choices, { EmergencyDepartment: 2 });
    expect(gets).toEqual({ gets: 2, colours: { ...nobody(), red: 1, unsorted: 1 }, kinds: { EmergencyDepartment: 2 }, overCap: false, overBeds: [] });
  });

  test("warns of more than its share, and of more than there are free beds", () => {
    expect(shareOf({ hospital_id: "east", bound: 2, cap: 3 }, choices, { EmergencyDepartment: 1 }))
      .toMatchObject({ overCap: true, overBeds: ["EmergencyDepartment"] });
  });

  test("moved by hand keeps the kind of bed where one is free, else takes the first that decides with one free", () => {
    expect(usualKind(east, "AdultICU")).toBe("AdultICU");
    expect(usualKind(east, "Burn")).toBe("EmergencyDepartment");
    const full = aHospital("east", { beds: { ...east.beds, EmergencyDepartment: aBed({ free: 0 }) } });
    expect(usualKind(full, "EmergencyDepartment")).toBe("AdultICU");
    expect([usualKind(aHospital("none"), null), usualKind(undefined, "AdultICU")]).toEqual([null, null]);
  });

  test("is accepted for those who have a place; the others wait", () => {
    expect(bound(choices).map((one) => one.patient_id)).toEqual(["a", "b", "c"]);
  });
});
