/** F8 and its button: whoever reads the alarm on top takes it up, by name. */
import { Cell } from "../store/cell";
import { waiting } from "../store/pending";
import { takeAlarm } from "../wire/api";
import { takeDeskAlarm } from "./orders";
import type { Standing } from "./ranked";

/** The alarm on top as it is painted, so that the key takes up what was read and nothing that came since. */
export const top = new Cell<Standing | null>(null);

export function acknowledge(alarm: Standing): Promise<unknown> {
  const key = `alarm:${alarm.key}`;
  if (alarm.crew) return waiting.give(key, () => takeAlarm(alarm.crew!.id));
  if (alarm.desk) return waiting.give(key, () => takeDeskAlarm(alarm.desk!.id));
  return Promise.resolve();
}

/** Whether anything was there to be taken up. */
export function acknowledgeTop(): Promise<unknown> | null {
  const alarm = top.get();
  return alarm?.sounding && (alarm.crew || alarm.desk) ? acknowledge(alarm) : null;
}
