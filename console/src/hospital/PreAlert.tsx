/** What the crew and the questions tell of the patient who is on the way. */
import { useText, type Language, type Tell } from "../text/i18n";
import type { Expected } from "../wire/answers";

type Told = NonNullable<Expected["pre_alert"]>;
type Measured = NonNullable<Told["vitals"]>;

export function PreAlert({ one }: { one: Expected }) {
  const { t, say, language } = useText();
  const told: Told = one.pre_alert ?? {};
  const conscious = told.avpu ?? told.vitals?.consciousness;
  const who = [
    one.priority, one.title && say(one.title), one.patients > 1 && t("incident.patients", { count: one.patients }),
    typeof told.age_years === "number" && t("prealert.age", { years: told.age_years }),
    told.sex && t(`sex.${told.sex}`), conscious && `AVPU ${conscious}`, told.condition, told.treatment,
  ].filter(Boolean);
  const measured = told.vitals ? measurements(told.vitals, t, language) : [];
  return (
    <>
      {who.length > 0 && <p className="pre-alert">{who.join(" · ")}</p>}
      {(told.news2 || measured.length > 0) && (
        <p className="pre-alert vital-signs">
          {told.news2 && <b className={`news2 ${told.news2.risk}`}>{t("prealert.news2", { score: told.news2.score, risk: t(`prealert.risk.${told.news2.risk}`) })}</b>}
          {measured.join(" · ")}
        </p>
      )}
    </>
  );
}

function measurements(vitals: Measured, t: Tell, language: Language): string[] {
  const { rate, spo2, on_oxygen, systolic, pulse, temperature_c } = vitals;
  const is = (value: number | null | undefined): value is number => typeof value === "number";
  return [
    is(rate) && t("prealert.rate", { value: rate }), is(spo2) && `SpO₂ ${spo2} %`,
    typeof on_oxygen === "boolean" && t(on_oxygen ? "prealert.oxygen" : "prealert.air"),
    is(systolic) && t("prealert.systolic", { value: systolic }), is(pulse) && t("prealert.pulse", { value: pulse }),
    is(temperature_c) && `${new Intl.NumberFormat(language).format(temperature_c)} °C`,
  ].filter((word) => typeof word === "string");
}
