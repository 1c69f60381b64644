/** The measurements of a pre-alert, and what can be one of them. The server scores them (NEWS2). */
import type { Key } from "../text/i18n";

export type VitalName = "rate" | "spo2" | "systolic" | "pulse" | "temperature";
type Range = { least: number; most: number; whole: boolean };

/** In the order in which the score asks for them. */
export const VITALS: ({ name: VitalName; label: Key } & Range)[] = [
  { name: "rate", label: "crew.alert.rate", least: 0, most: 120, whole: true },
  { name: "spo2", label: "crew.alert.spo2", least: 0, most: 100, whole: true },
  { name: "systolic", label: "crew.alert.systolic", least: 0, most: 400, whole: true },
  { name: "pulse", label: "crew.alert.pulse", least: 0, most: 400, whole: true },
  { name: "temperature", label: "crew.alert.temperature", least: 20, most: 45, whole: false },
];

/** A number as it is typed with a comma or a point; null where nothing stands. */
export function numberIn(text: string, { least, most, whole }: Range): number | "wrong" | null {
  const plain = text.trim().replace(",", ".");
  if (plain === "") return null;
  const number = Number(plain);
  return Number.isNaN(number) || number < least || number > most || (whole && !Number.isInteger(number)) ? "wrong" : number;
}
