/** What a line means, and what is refused rather than guessed. */
import { describe, expect, test } from "vitest";

import { openBook, type Book } from "../src/command/book";
import type { Command } from "../src/command/commands";
import { parse } from "../src/command/grammar";
import { compose, MANNERS } from "../src/command/ime";
import { meaningOf, type Voice } from "../src/command/meaning";
import { whomToSend } from "../src/command/sending";
import { followsAdvice, keptInPlace } from "../src/recommend/order";
import { addTexts, i18n } from "../src/text/i18n";
import { command as commandEn } from "../src/text/command.en";
import { command as commandVi } from "../src/text/command.vi";
import type { RankedUnit, Recommendation } from "../src/wire/answers";
import type { RunRow, Words } from "../src/wire/rows";
import { aBed, aHospital, anIncident, aUnit, NOON } from "./samples";

function aRun(callsign: string, incident: number, next: string[], part: Partial<RunRow> = {}): RunRow {
  return {
    id: `r${callsign}`, incident_id: `i${incident}`, incident_number: incident, callsign, unit_id: callsign, hospital_id: "td",
    bed_kind: null, decision_id: null, override_reason: null, assigned_by: "dispatcher", milestones: { assigned: NOON }, status: "assigned",
    next, timers: [], reason: null, outcome: null, offer: null, prompt: null, checked_at: null, undo: null, undone: [], corrections: [],
    caller_words: null, seq: 1, ...part,
  } as RunRow;
}

const onRun = (callsign: string, incident: number) => aUnit(callsign, { run_id: `r${callsign}`, incident_id: `i${incident}`, status: "EN" });
const undo = { of: 7, milestone: "en_route", until: "2030-01-01T00:00:00+00:00" };

const rows = {
  incidents: [anIncident(412), anIncident(413, { priority: "P1" }), anIncident(421), anIncident(512), anIncident(7), anIncident(300, { status: "closed", closed_at: NOON }),
    anIncident(600, { status: "merged", merged_into: { id: "i413", number: 413 } as never })],
  runs: [
    aRun("C12", 413, ["on_scene", "stood_down"], { undo }), aRun("T4", 413, ["en_route", "stood_down"]),
    aRun("T5", 412, ["transporting", "clear"], { milestones: { assigned: NOON, on_scene: NOON } }),
  ],
  units: [aUnit("C1"), aUnit("C5"), onRun("C12", 413), onRun("T4", 413), onRun("T5", 412), aUnit("M2", { duty: "out_of_service", status: "NS" }), aUnit("A3")],
  hospitals: [
    aHospital("td", { beds: { EmergencyDepartment: aBed(), OperatingRooms: aBed({ staffed: 4, occupied: 1, blocked: 1 }) } }),
    aHospital("cr"), aHospital("c5"),
  ],
};

const book = openBook(rows, "i413");
const withoutC5 = openBook({ ...rows, hospitals: rows.hospitals.slice(0, 2) }, "i413");

/** In short: what is done, to which incident, run or unit. */
function told(command: Command): unknown[] {
  const { do: does, ...rest } = command;
  const plain = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, short(value)]));
  return [does, plain];
}

function short(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(short);
  if (value === null || typeof value !== "object") return value;
  const row = value as Record<string, unknown>;
  if ("run" in row && "milestone" in row) return [(row.run as RunRow).callsign, row.milestone];
  return row.number ?? row.code ?? row.callsign ?? row;
}

const read = (line: string, from: Book = withoutC5) => {
  const parsed = parse(line, from);
  return "command" in parsed ? told(parsed.command) : parsed.problem;
};

addTexts({ vi: commandVi, en: commandEn });

describe("an order reads as", () => {
  test.each<[string, unknown]>([
    ["N", ["new_call", { address: "" }]],
    ["n 12 Nguyễn Trãi, P. 2", ["new_call", { address: "12 Nguyễn Trãi, P. 2" }]],
    ["D 412", ["advise", { incident: 412 }]],
    ["đ #7 2", ["send", { incident: 7, wanted: [{ rank: 2 }], hospital: null, reason: null }]],
    ["Đ 2 tđ", ["send", { incident: 413, wanted: [{ rank: 2 }], hospital: "TD", reason: null }]],
    ["D 1", ["send", { incident: 413, wanted: [{ rank: 1 }], hospital: null, reason: null }]],
    ["d 412 c1", ["send", { incident: 412, wanted: ["C1"], hospital: null, reason: null }]],
    ["D,413,2,C1,td", ["send", { incident: 413, wanted: [{ rank: 2 }, "C1"], hospital: "TD", reason: null }]],
    ["D #7 3 / quen đường", ["send", { incident: 7, wanted: [{ rank: 3 }], hospital: null, reason: { place: null, words: "quen đường" } }]],
    ["D 2 /3", ["send", { incident: 413, wanted: [{ rank: 2 }], hospital: null, reason: { place: 3, words: "" } }]],
    ["D 2 /3 ngập nước", ["send", { incident: 413, wanted: [{ rank: 2 }], hospital: null, reason: { place: 3, words: "ngập nước" } }]],
    ["D 412 *", ["send_plan", { incident: 412, hospital: null }]],
    ["X C12 T4 / không cần nữa", ["stand_down", { runs: ["C12", "T4"], reason: "không cần nữa" }]],
    ["X 413 C12", ["stand_down", { runs: ["C12"], reason: "" }]],
    ["P 412 1 khó thở hơn", ["priority", { incident: 412, priority: "P1", reason: "khó thở hơn" }]],
    ["p P3 nhẹ hơn báo", ["priority", { incident: 413, priority: "P3", reason: "nhẹ hơn báo" }]],
    ["C 412 đã bàn giao", ["close", { incident: 412, reason: "đã bàn giao" }]],
    ["T T5 CR", ["destination", { run: "T5", hospital: "CR", depart: true }]],
    ["T C12 CR", ["destination", { run: "C12", hospital: "CR", depart: false }]],
    ["H TD PM 2", ["beds", { hospital: "TD", kind: "OperatingRooms", free: 2 }]],
    ["h td cc 4", ["beds", { hospital: "TD", kind: "EmergencyDepartment", free: 4 }]],
    ["NT 412 gọi lại lúc 5 giờ", ["note", { incident: 412, words: "gọi lại lúc 5 giờ" }]],
    ["NT / 412 người đứng xem", ["note", { incident: 413, words: "412 người đứng xem" }]],
    ["M C1 cổng sau, tầng 3", ["message", { unit: "C1", words: "cổng sau, tầng 3" }]],
    ["m c1 / 2 người", ["message", { unit: "C1", words: "2 người" }]],
    ["NT 412 7 người", ["note", { incident: 412, words: "7 người" }]],
    ["NT / 7 người", ["note", { incident: 413, words: "7 người" }]],
    ["P 412 2 2 nạn nhân", ["priority", { incident: 412, priority: "P2", reason: "2 nạn nhân" }]],
    ["DG 0", ["danger", { incident: 413, words: null }]],
    ["L", ["record", { incident: 413 }]],
    ["L 300", ["record", { incident: 300 }]],
    ["G C1", ["go_to", { unit: "C1" }]],
    ["G cr", ["go_to", { hospital: "CR" }]],
    ["G", ["go_to", { incident: 413 }]],
    ["K", ["take_alarm", {}]],
    ["U", ["undo", { run: "C12" }]],
    ["AL 2 cháy lan", ["level", { incident: 413, level: 2, reason: "cháy lan" }]],
    ["DG có dao", ["danger", { incident: 413, words: "có dao" }]],
    ["DG 412 0", ["danger", { incident: 412, words: null }]],
    ["SC C12", ["reach", { steps: [["C12", "on_scene"]] }]],
    ["c12 sc", ["reach", { steps: [["C12", "on_scene"]] }]],
    ["AV M2", ["duty", { units: ["M2"], status: "on_duty", reason: "" }]],
    ["AV C1 M2", ["duty", { units: ["M2"], status: "on_duty", reason: "" }]],
    ["AV T5", ["reach", { steps: [["T5", "clear"]] }]],
    ["NS C1 hỏng máy", ["duty", { units: ["C1"], status: "out_of_service", reason: "hỏng máy" }]],
    ["C1", ["show_unit", { unit: "C1" }]],
    ["MG 412", ["merge", { incident: 413, into: 412 }]],
    ["MG 412 21", ["merge", { incident: 412, into: 421 }]],
    ["UM 600", ["unmerge", { incident: 600 }]],
    ["TM T5 SC 19:06 đồng hồ sai", ["correct", { run: "T5", milestone: "on_scene", clock: "19:06", reason: "đồng hồ sai" }]],
    ["?", ["help", {}]],
  ])("%s", (line, meaning) => expect(read(line)).toEqual(meaning));
});

describe("a whole number", () => {
  const incidents = [anIncident(14, { status: "closed", closed_at: NOON }), anIncident(114), anIncident(12), anIncident(112)];
  const from = openBook({ ...rows, incidents }, "i112");

  test.each<[string, unknown]>([
    ["P 14 1 khó thở hơn", "problem.closed"], // never #114, which ends alike
    ["P #14 1 khó thở hơn", "problem.closed"],
    ["C 12 đã bàn giao", ["close", { incident: 12, reason: "đã bàn giao" }]],
    ["NT 14 gọi lại", ["note", { incident: 14, words: "gọi lại" }]],
    ["L 114", ["record", { incident: 114 }]],
  ])("is that incident, closed or not: %s", (line, meaning) => expect(read(line, from)).toEqual(meaning));
});

describe("refused, and never guessed:", () => {
  test.each<[string, string]>([
    ["", "problem.empty"],
    ["QQQ", "problem.unknown_word"],
    ["D 12 1", "problem.several"], // 412 and 512
    ["D 99 1", "problem.unknown_incident"],
    ["D 300 1", "problem.closed"],
    ["NT 7 cổng sau", "problem.one_digit"], // of the chosen one, or of #7
    ["NT 7", "problem.one_digit"],
    ["C 1 gọi nhầm", "problem.one_digit"],
    ["P 2 2 hạ xuống", "problem.one_digit"],
    ["P 7 2 hạ xuống", "problem.one_digit"],
    ["AL 7 2 cháy lan", "problem.one_digit"],
    ["DG 7 có dao", "problem.one_digit"],
    ["D 1 412", "problem.incident_first"],
    ["D C99", "problem.unknown_name"],
    ["D C1 C99", "problem.unknown_name"],
    ["D TD", "problem.wants_unit"],
    ["D TD CR C1", "problem.two_hospitals"],
    ["D", "problem.wants_send"],
    ["D * C1", "problem.plan_alone"],
    ["D 1 / x", "problem.wants_reason"],
    ["X C1", "problem.no_run"],
    ["X 412 C12", "problem.other_incident"],
    ["X T5", "problem.not_next"],
    ["P 412 5 sai", "problem.wants_priority"],
    ["P 412 1", "problem.wants_reason"],
    ["C 412", "problem.wants_reason"],
    ["T C1 CR", "problem.no_run"],
    ["T C12 TD", "problem.goes_there"],
    ["T C12 XX", "problem.unknown_hospital"],
    ["H TD ICU 4", "problem.no_such_bed"],
    ["H TD PM 9", "problem.too_many_beds"],
    ["H TD PM", "problem.wants_number"],
    ["HP C12", "problem.not_next"],
    ["EN C12 C99", "problem.unknown_unit"],
    ["C12 T4", "problem.wants_status_of"],
    ["C12 ABC", "problem.wants_status"],
    ["AV C1", "problem.on_duty"],
    ["AV C1 C5", "problem.on_duty"],
    ["AV *", "problem.nobody_off"],
    ["SC C12 bây giờ", "problem.unknown_unit"],
    ["L 413 x", "problem.left_over"],
    ["MG 413", "problem.wants_into"], // into itself
    ["UM 412", "problem.not_merged"],
    ["UM", "problem.wants_merged"],
    ["TM T5 HP 19:06 sai giờ", "problem.wants_told"],
    ["TM T5 SC 25:00 sai giờ", "problem.wants_time"],
    ["TM T5 SC 19:06", "problem.wants_reason"],
    ["U T5", "problem.nothing_to_undo"],
    ["OK", "problem.no_prompt"],
    ["V", "problem.nothing_goes"],
    ["PL", "problem.place_sure"],
  ])("%s", (line, problem) => expect(read(line)).toBe(problem));

  test("AV * brings on duty whoever is off, and no vehicle that is out of service", () => {
    const resting = openBook({ ...rows, units: [...rows.units, aUnit("C8", { duty: "off_duty", status: "NS" }), aUnit("C9", { duty: "off_duty", status: "NS" })] }, null);
    expect(read("AV *", resting)).toEqual(["duty", { units: ["C8", "C9"], status: "on_duty", reason: "" }]);
    expect(read("AV * C8", resting)).toBe("problem.left_over");
  });

  test("a name that is a unit and a hospital", () => expect(read("D C5", book)).toBe("problem.both"));

  test("an order without an incident while none is chosen", () => {
    expect(read("D 1", openBook(rows, null))).toBe("problem.no_incident");
    expect(read("NT mưa to", openBook(rows, "i300"))).toEqual(["note", { incident: 300, words: "mưa to" }]);
    expect(read("C xong việc", openBook(rows, "i300"))).toBe("problem.closed");
  });
});

describe("one digit is always a rank", () => {
  test("also where an incident's number ends in it", () => {
    expect(read("D 1")).toEqual(["send", { incident: 413, wanted: [{ rank: 1 }], hospital: null, reason: null }]); // not #421
    expect(read("D 21 1")).toEqual(["send", { incident: 421, wanted: [{ rank: 1 }], hospital: null, reason: null }]);
  });

  test("an incident of one digit is named with #", () => {
    expect(read("D 7")).toEqual(["send", { incident: 413, wanted: [{ rank: 7 }], hospital: null, reason: null }]);
    expect(read("L #7")).toEqual(["record", { incident: 7 }]);
  });

  test("a number that is whole for one and the end of others is the whole one", () => {
    const twelve = openBook({ ...rows, incidents: [...rows.incidents, anIncident(12)] }, "i413");
    expect(read("L 12", twelve)).toEqual(["record", { incident: 12 }]);
    expect(read("L #12", twelve)).toEqual(["record", { incident: 12 }]);
  });
});

/** A small generator with a seed: the same lines in every run. */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

test("five thousand lines, typed under any keyboard, mean what they mean without one, or nothing", () => {
  const roll = dice(115);
  const words = [
    "D", "X", "P", "C", "T", "H", "NT", "M", "L", "G", "U", "AL", "DG", "EN", "SC", "TR", "HP", "AV", "NS", "C1", "C5", "C12", "T4", "T5", "A3", "TD", "CR",
    "412", "413", "21", "12", "1", "2", "3", "*", "CC", "PM", "OR", "ED",
  ];
  let understood = 0;
  for (let count = 0; count < 5000; count += 1) {
    const line = Array.from({ length: 1 + roll(4) }, () => words[roll(words.length)]!);
    const manner = MANNERS[roll(MANNERS.length)]!;
    const typed = line.map((word) => compose(word, manner)).join(" ");
    const [plain, changed] = [read(line.join(" ")), read(typed)];
    if (typeof plain !== "string") understood += 1;
    // Free text keeps what the keyboard made of it: that is what was typed.
    if (typeof plain !== "string" && JSON.stringify(plain).match(/"(words|reason)":"[^"]/)) continue;
    expect([typed, changed]).toEqual([typed, plain]);
  }
  expect(understood).toBeGreaterThan(300);
});

test("no line makes the reader fall over, whatever is typed", () => {
  const roll = dice(7);
  const letters = [..."DXPCTHNLGKU0123456789#/*?.,; \u00a0ạảấđĐỔứ̀\u{1F691}'\"<>"];
  for (let count = 0; count < 5000; count += 1) {
    const line = Array.from({ length: roll(14) }, () => letters[roll(letters.length)]!).join("");
    const parsed = parse(line, book);
    expect("command" in parsed || parsed.problem.startsWith("problem.")).toBe(true);
  }
});

describe("whom an order sends", () => {
  const ranked = (callsign: string, part: Partial<RankedUnit> = {}) => ({
    unit_id: callsign, callsign, kind: "van", eta_s: 240, free_in_s: null, ...part }) as RankedUnit;
  const advice = {
    decision_id: "d1", units: [ranked("T9", { free_in_s: 100 }), ranked("C1"), ranked("C5"), ranked("T8")], plan: { slots: [] },
    swaps: [{ unit_id: "C12", callsign: "C12", incident_number: 412, eta_s: 90, kind: "van" }],
    rejected: [{ callsign: "M2", reason: "not on duty", reason_vi: "không trực" }],
    hospitals: [{ hospital_id: "td" }], hospitals_rejected: [{ hospital_id: "cr", reason: "diverting", reason_vi: "ngưng nhận" }],
  } as unknown as Recommendation;
  const codes = [{ code: "crew_knows", en: "knows", vi: "quen" }, { code: "road", en: "road", vi: "đường" }];
  const sending = (line: string) => {
    const parsed = parse(line, openBook({ ...rows, hospitals: rows.hospitals.slice(0, 2), units: [...rows.units, aUnit("T8"), aUnit("T9")] }, "i413"));
    if (!("command" in parsed) || parsed.command.do !== "send") throw new Error(`${line} does not send`);
    try {
      const { units, reason } = whomToSend(parsed.command, advice, codes, (words) => words.vi ?? "");
      return [units.map((one) => one.callsign), reason && [reason.code?.code ?? null, reason.words]];
    } catch (error) {
      return (error as Error).message;
    }
  };

  test.each<[string, unknown]>([
    ["D 1", [["C1"], null]], // who is not free yet has no rank
    ["D C1", [["C1"], null]],
    ["D 2", "problem.override"],
    ["D C5 /2", [["C5"], ["road", ""]]],
    ["D C5 / kíp quen nhà", [["C5"], [null, "kíp quen nhà"]]],
    ["D C5 /9", "problem.no_such_reason"],
    ["D 2 1", [["C1", "C5"], null]], // with the first, the second needs no reason
    ["D 1 3", "problem.override"],
    ["D 4", "problem.no_rank"],
    ["D 1 C1", "problem.named_twice"],
    ["D T9", "problem.soon_free"],
    ["D M2", "problem.not_offered"],
    ["D C12", "problem.take_reason"],
    ["D C12 / ngừng tim", [["C12"], [null, "ngừng tim"]]],
    ["D C12 1 / ngừng tim", "problem.take_alone"],
    ["D 1 CR", "problem.hospital_passed"],
    ["D 1 TD", [["C1"], null]],
  ])("%s", (line, whom) => expect(sending(line)).toEqual(whom));

  test("units that are as good as the first need no reason, and hold their places while they are", () => {
    const now = (first: string, second: string, as_good: string[]) => ({
      ...advice, incident_id: "i413", units: [ranked("T9", { free_in_s: 100 }), ranked(first), ranked(second), ranked("T8")], as_good,
    }) as Recommendation;
    const of = (told: Recommendation) => told.units.map((unit) => unit.callsign);
    const before = now("C1", "C5", ["C5"]);
    expect(followsAdvice(before.units[2]!, before)).toBe(true);
    expect(followsAdvice(before.units[3]!, before)).toBe(false);
    const { command } = parse("D 2", openBook(rows, "i413")) as { command: Parameters<typeof whomToSend>[0] };
    expect(whomToSend(command, before, codes, (words) => words.vi ?? "").units[0]!.callsign).toBe("C5");
    const swapped = keptInPlace(now("C5", "C1", ["C1"]), before);
    expect(of(swapped)).toEqual(["T9", "C1", "C5", "T8"]);
    expect([swapped.units[1]!, swapped.units[2]!].every((unit) => followsAdvice(unit, swapped))).toBe(true);
    expect(of(keptInPlace(now("C5", "C1", []), before))).toEqual(["T9", "C5", "C1", "T8"]); // no tie any more
    expect(of(keptInPlace({ ...now("C5", "C1", ["C1"]), incident_id: "i412" }, before))).toEqual(["T9", "C5", "C1", "T8"]);
  });

  test.each([
    ["D C5 /2", " · lý do: đường"],
    ["D C5 /2 cầu ngập", " · lý do: đường: cầu ngập"],
    ["D C1 /2", " · theo đề xuất, lý do không được ghi"],
    ["D C1", "TD"],
  ])("the line says the words of the reason before Enter: %s", (line, end) => {
    const open = openBook({ ...rows, hospitals: rows.hospitals.slice(0, 2), units: [...rows.units, aUnit("T8"), aUnit("T9")] }, "i413");
    const { command } = parse(line, open) as { command: Parameters<typeof whomToSend>[0] };
    const voice = { t: i18n._.bind(i18n) as Voice["t"], say: (words: Words) => words.vi ?? "", code: () => "TD", next: () => "", alarm: null };
    expect(meaningOf(command, whomToSend(command, advice, codes, voice.say), voice).what.endsWith(end)).toBe(true);
  });

  test("a motorbike alone is bound for no hospital, and beside a van the van has it", () => {
    const bikes = { ...advice, units: [ranked("M5", { kind: "motorbike" }), ranked("C1")] } as unknown as Recommendation;
    const open = openBook({ ...rows, hospitals: rows.hospitals.slice(0, 2), units: [...rows.units, aUnit("M5")] }, "i413");
    const to = (line: string) => {
      const parsed = parse(line, open) as { command: Parameters<typeof whomToSend>[0] };
      return whomToSend(parsed.command, bikes, codes, (words) => words.vi ?? "").hospital?.hospital_id;
    };
    expect([to("D 1"), to("D 1 2")]).toEqual([undefined, "td"]);
    expect(() => to("D 1 TD")).toThrow("problem.carries_nobody");
  });
});
