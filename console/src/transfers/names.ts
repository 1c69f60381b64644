/** Hospitals by name, also those whose beds this account does not see. */
import { session } from "../shell/session";
import { useCell } from "../store/cell";
import { useText } from "../text/i18n";

export function useHospitalNames(): { name: (id: string) => string; all: { id: string; name: string }[] } {
  const { language } = useText();
  const city = useCell(session).city!;
  const all = city.hospitals.map((one) => ({ id: one.id, name: language === "en" ? one.name_en || one.name : one.name }))
    .sort((a, b) => a.name.localeCompare(b.name, "vi"));
  return { all, name: (id) => all.find((one) => one.id === id)?.name ?? id };
}
