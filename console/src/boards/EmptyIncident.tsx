/** Stands where the selected incident will: nothing is selected yet. */
import { useText } from "../text/i18n";

export function EmptyIncident() {
  const { t } = useText();
  return (
    <section className="panel incident" aria-label={t("incident.title")}>
      <header className="panel-head"><h2>{t("incident.title")}</h2><kbd>F3</kbd></header>
      <p className="nothing">{t("incident.none")}</p>
    </section>
  );
}
