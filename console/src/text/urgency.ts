/** When a timer turns amber and red. The limits are the city's, in seconds. */
export type Level = "calm" | "amber" | "red";

export function level(seconds: number, amber: number, red: number): Level {
  if (seconds >= red) return "red";
  return seconds >= amber ? "amber" : "calm";
}

/** The mark that says the same without colour. */
export const MARK: Record<Level, string> = { calm: "", amber: "▲", red: "■" };
