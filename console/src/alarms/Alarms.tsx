/** The alarm line, fetched with the first alarm there is, or soon after the page came up, whichever is first. */
import { Suspense } from "react";

import { useRows } from "../live";
import { roads } from "../live/roads";
import { later, soon } from "../shell/later";
import { useCell } from "../store/cell";

const AlarmLine = later(() => import("./AlarmLine").then((part) => part.AlarmLine));

export function Alarms() {
  const crews = useRows("crew_alarms"), desks = useRows("desk_alarms"), lines = useCell(roads.alarms);
  const due = useCell(soon);
  return due || crews.length + desks.length + lines.length > 0 ? <Suspense><AlarmLine /></Suspense> : null;
}
