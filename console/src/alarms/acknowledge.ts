/** F8 and its button: whoever reads the alarm on top takes it up, by name. */
import { Cell } from "../store/cell";
import { waiting } from "../store/pending";
import { takeAlarm } from "../wire/api";
import { takeDeskAlarm } from "./orders";
import type { Standing } from "./ranked";

/** The alarm on top as it is painted, so that the key takes up what was read and nothing that came since. */
export const top = new Cell<Standing | null>(null);

/** The order alone. */
async function takeUp(alarm: Standing): Promise<{ seq?: number }> {
  if (alarm.crew) return takeAlarm(alarm.crew.id);
  return alarm.desk ? takeDeskAlarm(alarm.desk.id) : {};
}

export function acknowledge(alarm: Standing): Promise<unknown> {
  return waiting.give(`alarm:${alarm.key}`, () => takeUp(alarm));
}

/** Whether anything was there to be taken up. */
export function acknowledgeTop(): Promise<unknown> | null {
  const alarm = top.get();
  return alarm?.sounding && (alarm.crew || alarm.desk) ? acknowledge(alarm) : null;
}
