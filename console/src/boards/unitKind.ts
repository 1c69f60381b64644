/** What sort of unit this is, in the few letters a line has room for. */
export function unitKind(capabilities: string[], kind: string): string {
  if (kind === "motorbike") return "MOTO";
  return capabilities.includes("ALS") ? "ALS" : capabilities.includes("BLS") ? "BLS" : kind.toUpperCase();
}
