/** Times put right, and reasons put into words. */
import { expect, test } from "vitest";

import "../src/boards/mendingTexts";
import { saidOfAll } from "../src/recommend/order";
import { metresBetween } from "../src/intake/position";
import { i18n, speak, type Key, type Tell } from "../src/text/i18n";
import { nearestMoment, readTimeOfDay } from "../src/text/moment";
import { spoken } from "../src/text/reasons";
import type { City, RankedUnit } from "../src/wire/answers";

const ZONE = "Asia/Ho_Chi_Minh";
const t: Tell = (key: Key, values) => i18n._(key, values);
const city = {
  timezone: ZONE,
  bed_kinds: [{ kind: "AdultICU", vi: "hồi sức người lớn", en: "adult intensive care" }],
  hospitals: [{ name: "Bệnh viện Bờ Đông", name_en: "East Bank Hospital" }],
} as City;

test.each([
  ["19:06:22", 19 * 3600 + 6 * 60 + 22], ["19:06", 19 * 3600 + 360], ["1906", 19 * 3600 + 360], ["906", 9 * 3600 + 360],
  ["190622", 19 * 3600 + 6 * 60 + 22], ["7h05", 7 * 3600 + 300], ["24:00", null], ["12:60", null], ["noon", null], ["7", null], ["", null],
])("%s is read as a time of day, or refused", (text, seconds) => {
  expect(readTimeOfDay(text)).toBe(seconds);
});

test("a corrected time stays on the day it belongs to, across midnight and across zones", () => {
  const at = (clock: string, near: string, zone = ZONE) => nearestMoment(readTimeOfDay(clock)!, near, zone);
  expect(at("19:06:22", "2026-03-02T12:06:40.512Z")).toBe("2026-03-02T12:06:22.000Z");
  expect(at("23:58", "2026-03-01T17:01:00Z")).toBe("2026-03-01T16:58:00.000Z"); // 00:01 there: two minutes before midnight
  expect(at("00:02", "2026-03-01T16:59:00Z")).toBe("2026-03-01T17:02:00.000Z");
  expect(at("08:00", "2026-03-01T07:30:00Z", "Europe/Berlin")).toBe("2026-03-01T07:00:00.000Z");
});

test("reasons speak the reader's language: no code, no full time, no name in the other tongue", () => {
  speak("en");
  const en = (text: string) => spoken(text, city, "en", t);
  expect(en("bypasses Bệnh viện Bờ Đông, which is nearer: no stroke")).toBe("bypasses East Bank Hospital, which is nearer: no stroke unit");
  expect(en("diverting until 2026-11-23T03:06+07:00")).toBe("diverting until 03:06");
  expect(en("no AdultICU bed free")).toBe("no adult intensive care bed free");
  expect(en("pci is closed now")).toBe("heart catheter is closed now");
  speak("vi");
  const vi = (text: string) => spoken(text, city, "vi", t);
  expect(vi("bỏ qua Bệnh viện Bờ Đông gần hơn: không có chuyên khoa stroke")).toBe("bỏ qua Bệnh viện Bờ Đông gần hơn: không có chuyên khoa đột quỵ");
  expect(vi("không có giường AdultICU")).toBe("không có giường hồi sức người lớn");
  expect(vi("no one said anything")).toBe("no one said anything"); // a word nobody knows is left alone
});

test("what is said of every unit is said once, and never of a list of one", () => {
  const unit = (...reasons: string[]) => ({ reasons: reasons.map((en) => ({ en, vi: en })) }) as RankedUnit;
  expect([...saidOfAll([unit("far", "old"), unit("far")])]).toEqual(["far"]);
  expect([...saidOfAll([unit("far")])]).toEqual([]);
  expect([...saidOfAll([])]).toEqual([]);
});

test("the way as the crow flies agrees with the sphere", () => {
  const here = { lat: 10.77, lon: 106.7 };
  expect(metresBetween(here, { lat: 10.78, lon: 106.7 })).toBeCloseTo(1112, -1);
  expect(metresBetween(here, { lat: 10.77, lon: 106.71 })).toBeCloseTo(1092, -1);
  expect(metresBetween(here, here)).toBe(0);
});
