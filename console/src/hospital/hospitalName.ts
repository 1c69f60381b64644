/** The hospitals whose beds this account sees, by name. */
import { useRows } from "../live";
import { useText } from "../text/i18n";

export function useHospitalName(): (id: string) => string {
  const { language } = useText();
  const rows = useRows("hospitals");
  return (id) => {
    const row = rows.find((one) => one.id === id);
    return row ? (language === "en" ? row.name_en || row.name : row.name) : id;
  };
}
