/** The form of a call on a bad line: nothing typed is lost, nothing wedges, nothing is stored twice. */
import { beforeEach, expect, test } from "vitest";

import { desk, emptyDraft, takeUpAgain } from "../src/intake/draft";
import { clearForm, outgoing, refused, stored } from "../src/intake/form";

const type = (part: object) => desk.change({ draft: { ...desk.get().draft, ...part } });
beforeEach(() => desk.set({ draft: emptyDraft(), call: null, assessments: {}, aside: [] }));

test("after a lost answer the same caller's call goes out as it was, and what was typed since is a note", () => {
  type({ phone: "0903 999 111", complaint: "ngã xe" });
  const first = outgoing();
  type({ phone: "0903999111", complaint: "ngã xe, gãy chân", caller_name: "Lan", where: "10.7, 106.7" });
  const again = outgoing();
  expect(again).toEqual(first);
  stored(again.id, again.words, []);
  expect(desk.get().assessments[first.id]).toMatchObject({ more: "gãy chân · Lan", where: "10.7, 106.7" });
  expect(desk.get().call).toBe(first.id);
  expect(desk.get().draft).toMatchObject({ phone: "", complaint: "" });
});

test("another caller's call is another one, and stays in the form when the former turns out to be stored", () => {
  type({ phone: "0903 999 111", complaint: "ngã xe" });
  const first = outgoing();
  type({ phone: "0911 222 333", complaint: "đau ngực" });
  const second = outgoing();
  expect(second.id).not.toBe(first.id);
  expect(second.words.complaint).toBe("đau ngực");
  type({ phone: "0922 333 444", complaint: "khó thở" });
  stored(second.id, second.words, []);
  expect(desk.get().assessments[second.id]!.more).toBeUndefined();
  expect(desk.get().draft).toMatchObject({ phone: "0922 333 444", complaint: "khó thở", sent: null });
  expect(outgoing().id).not.toBe(second.id);
});

test("what was refused is said anew under an id of its own, as it reads now", () => {
  type({ phone: "0903", complaint: "ngã" });
  const first = outgoing();
  refused(first.id);
  type({ complaint: "ngã xe" });
  expect(outgoing()).toMatchObject({ words: { complaint: "ngã xe" } });
  expect(desk.get().draft.id).not.toBe(first.id);
});

test("a form that makes room can be taken up again", () => {
  type({ phone: "0901 234 567", complaint: "trẻ bất tỉnh" });
  clearForm("0987 000 111");
  expect(desk.get().draft).toMatchObject({ phone: "0987 000 111", complaint: "" });
  clearForm();
  expect(desk.get().aside).toHaveLength(1);
  takeUpAgain(desk.get().aside![0]!);
  expect(desk.get().draft).toMatchObject({ phone: "0901 234 567", complaint: "trẻ bất tỉnh" });
  expect(desk.get().aside).toEqual([]);
});
