/** What stands now, ranked; and how each is said. */
import { useMemo } from "react";

import { useRows } from "../live";
import { roads } from "../live/roads";
import { useCell } from "../store/cell";
import { store } from "../live";
import { known, type Tell } from "../text/i18n";
import type { Words } from "../wire/rows";
import { ranked, type Standing } from "./ranked";
import { whereCrew } from "./whereCrew";

export function useAlarms(): { standing: Standing[]; shelved: ReturnType<typeof useShelved> } {
  const crews = useRows("crew_alarms");
  const desks = useRows("desk_alarms");
  const lines = useCell(roads.alarms);
  useRows("runs"); // where crews are is said with their alarms
  const standing = useMemo(() => ranked(crews, desks, lines), [crews, desks, lines]);
  return { standing, shelved: useShelved() };
}

function useShelved() {
  const desks = useRows("desk_alarms");
  return useMemo(() => desks.filter((row) => row.status === "shelved")
    .sort((a, b) => (a.shelved_until ?? "").localeCompare(b.shelved_until ?? "")), [desks]);
}

/** The alarm of a hospital that was asked and says nothing names its run; a person reads whose patient it is. */
function unanswered(code: string, t: Tell): string | null {
  const run = code.startsWith("acceptance-") ? store.one("runs", code.slice("acceptance-".length)) : undefined;
  if (!run) return code.startsWith("acceptance-") ? t("alarms.unanswered_run") : null;
  return t("alarms.unanswered", { callsign: run.callsign, code: store.one("hospitals", run.hospital_id)?.code ?? "?" });
}

/** One sentence; times of day stand beside it, for a running clock would be read out again and again. */
export function wordsOf(alarm: Pick<Standing, "crew" | "desk" | "line">, t: Tell, say: (words: Words | string) => string): string {
  const { crew, desk, line } = alarm;
  const incident = store.one("incidents", crew?.incident_id ?? desk?.incident_id);
  const where = incident?.address ? ` · ${incident.address}` : "";
  if (crew) {
    const run = store.one("runs", crew.run_id);
    const place = whereCrew({ run, incident, hospital: store.one("hospitals", run?.hospital_id) }, t);
    const about = [incident && `#${incident.number}`, place].filter(Boolean).map((one) => ` · ${one}`).join("");
    return `${known(t, "crew_alarm", crew.kind)} ${crew.callsign}${about}${crew.note ? ` · “${crew.note}”` : ""}`;
  }
  if (line) return say(line.text);
  if (!desk) return "";
  const gaps = { number: incident?.number ?? "?", priority: incident?.priority ?? "", callsign: desk.callsign ?? "", code: desk.subject };
  switch (desk.kind) {
    case "waiting": return t("alarms.waiting", gaps) + where;
    case "untaken": return t("alarms.untaken", gaps) + where;
    case "handover": return t("alarms.handover", gaps);
    case "unread": {
      const words = store.one("messages", desk.subject)?.words;
      return t("alarms.unread", gaps) + (words ? ` · “${words}”` : "");
    }
    case "service": return unanswered(desk.subject, t) ?? t("alarms.service", gaps);
    default: return desk.kind satisfies never;
  }
}
