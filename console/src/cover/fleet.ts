/** What coverage hangs on in the rows: who is free, and who waits where. Positions are not part of it. */
import { useCalmRows } from "../live";

export function useFleetVersion(): string {
  return useCalmRows("units").map((unit) => `${unit.callsign}${unit.status}${unit.duty}${unit.post?.id ?? ""}`).join();
}
