/** Codes that are stored beside a person's words are read as words. */
import { expect, test } from "vitest";

import { wordsOf } from "../src/alarms/useAlarms";
import { store } from "../src/live";
import { inWords } from "../src/recommend/codes";
import type { DeskAlarmRow } from "../src/wire/rows";

const CODES = [{ code: "other", vi: "lý do khác", en: "another reason" }];

test("a reason for going against the advice is told by its words, and what was typed stands as typed", () => {
  expect(inWords("other: gần nhất: hỏi rồi", CODES, "vi")).toBe("lý do khác: gần nhất: hỏi rồi");
  expect(inWords("other", CODES, "en")).toBe("another reason");
  expect(inWords("road: flooded", CODES, "en")).toBe("road: flooded");
});

test("the alarm of a hospital that does not answer names unit and hospital, never the number of a run", () => {
  const told: [string, Record<string, unknown> | undefined][] = [];
  const tell = (key: string, gaps?: Record<string, unknown>) => { told.push([key, gaps]); return key; };
  const desk = { kind: "service", subject: "acceptance-r1", incident_id: null } as unknown as DeskAlarmRow;
  const say = (words: unknown) => String(words);
  expect(wordsOf({ desk }, tell as never, say as never)).toBe("alarms.unanswered_run");
  const rows = { runs: { id: "r1", callsign: "C4", hospital_id: "h1" }, hospitals: { id: "h1", code: "SD" } } as Record<string, unknown>;
  const one = store.one;
  store.one = ((table: string) => rows[table]) as typeof store.one;
  try {
    expect(wordsOf({ desk }, tell as never, say as never)).toBe("alarms.unanswered");
    expect(told.at(-1)).toEqual(["alarms.unanswered", { callsign: "C4", code: "SD" }]);
    expect(wordsOf({ desk: { ...desk, subject: "disk" } as DeskAlarmRow }, tell as never, say as never)).toBe("alarms.service");
  } finally {
    store.one = one;
  }
});
