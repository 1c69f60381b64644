/** Where help goes for a crew that calls for it: its scene only while it is there, else its hospital, or that it is under way. */
import type { Tell } from "../text/i18n";
import type { HospitalRow, IncidentRow, RunRow } from "../wire/rows";

type Known = { run: RunRow | undefined; incident: IncidentRow | undefined; hospital: HospitalRow | undefined };

/** Null where nobody can say it in words; the map shows the place that was told with the call. */
export function whereCrew({ run, incident, hospital }: Known, t: Tell): string | null {
  switch (run?.status) {
    case "on_scene":
    case "patient_contact":
      return incident?.address ?? null;
    case "assigned":
    case "accepted":
    case "en_route":
      return t("alarms.crew_to_scene");
    case "transporting":
      return hospital ? t("alarms.crew_to_hospital", { hospital: hospital.name }) : t("alarms.crew_carries");
    case "at_hospital":
    case "handed_over":
      return hospital ? t("alarms.crew_at_hospital", { hospital: hospital.name }) : null;
    default:
      return null;
  }
}
