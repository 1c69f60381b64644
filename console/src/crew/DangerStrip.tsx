/** What threatens whoever goes there: above everything, for as long as it stands. */
import { useText } from "../text/i18n";

export function DangerStrip({ danger, short }: { danger: string; short: boolean }) {
  const { t } = useText();
  return (
    <section className={`danger-strip ${short ? "short" : ""}`} role="alert">
      <h2><span aria-hidden="true">▲ </span>{t("crew.danger")}</h2>
      <p className="danger-words">{danger}</p>
      {!short && <p>{t("crew.danger_hint")}</p>}
    </section>
  );
}
