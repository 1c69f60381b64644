import type { Priority } from "../wire/rows";

export function PriorityBadge({ priority }: { priority: Priority }) {
  return <span className={`badge ${priority}`}>{priority}</span>;
}
