/** Periods by shift days, which begin at the city's hour. All from what the server says of the day that is going on. */
const DAY_MS = 86_400_000;

export const PERIODS = ["this", "last", "week"] as const;
export type Period = (typeof PERIODS)[number];

/** From and to of a period as moments; `began` is when this shift day began. `to` is not included. */
export function bounds(period: Period, began: string, now: string): { from: string; to: string } {
  const start = Date.parse(began);
  const back = (days: number) => new Date(start - days * DAY_MS).toISOString();
  switch (period) {
    case "this": return { from: began, to: now };
    case "last": return { from: back(1), to: began };
    case "week": return { from: back(6), to: now };
    default: return period satisfies never;
  }
}
