/** The first run, step by step. What was told stands on the server: a reload goes on where it stopped. */
import "./texts";

import { useEffect, useEffectEvent, useState } from "react";

import { LanguageButton } from "../shell/LanguageButton";
import { ThemeButton } from "../shell/ThemeButton";
import { Notice, useTrouble } from "../shell/Notice";
import { useText } from "../text/i18n";
import { Refusal } from "../wire/send";
import { CityStep } from "./CityStep";
import { FinishStep } from "./FinishStep";
import { HospitalsStep } from "./HospitalsStep";
import { MapStep } from "./MapStep";
import { StationsStep } from "./StationsStep";
import { UsersStep } from "./UsersStep";
import { key, takeKey, tell, type Told } from "./wire";

const STEPS = ["city", "map", "hospitals", "stations", "users", "finish"] as const;
type Step = (typeof STEPS)[number];
const ASK_MS = 1_000;

function isDone(step: Step, told: Told): boolean {
  const shipped = told.city?.shipped === true && told.map !== null;
  switch (step) {
    case "city": return told.city !== null;
    case "map": return told.map !== null && !told.reading?.busy;
    case "hospitals": return shipped || told.hospitals.length > 0;
    case "stations": return shipped || told.stations.length > 0;
    case "users": return ["admin", "dispatcher"].every((role) => told.users.some((user) => user.role === role));
    case "finish": return false;
    default: return step satisfies never;
  }
}

const firstOpen = (told: Told): Step => STEPS.find((step) => !isDone(step, told)) ?? "finish";

export function SetUp() {
  const { t } = useText();
  const { trouble, attempt } = useTrouble();
  const [told, setTold] = useState<Told | null>(null);
  const [state, setState] = useState<"asking" | "no key" | "set up">("asking");
  const [step, setStep] = useState<Step>("city");
  useEffect(() => { document.title = t("setup.title"); }, [t]);

  async function ask(first = false) {
    const found = await attempt(() => tell("GET").catch((error: unknown) => {
      if (!(error instanceof Refusal)) throw error;
      setState(error.status === 401 ? "no key" : "set up");
      return null;
    }));
    if (!found) return;
    setTold(found);
    setState("asking");
    if (first) setStep(firstOpen(found));
  }
  const askFirst = useEffectEvent(() => void ask(true));
  const askAgain = useEffectEvent(() => void ask());
  useEffect(() => { key(); askFirst(); }, []);
  const busy = told?.reading?.busy === true;
  useEffect(() => {
    if (!busy) return;
    const timer = setInterval(() => askAgain(), ASK_MS);
    return () => clearInterval(timer);
  }, [busy]);

  /** What a step answered. It goes on to the next one where the step says so. */
  const heard = (found: Told, on = true) => {
    setTold(found);
    if (on) setStep(STEPS[STEPS.indexOf(step) + 1] ?? step);
  };
  const props = { told: told!, heard };
  return (
    <main className="setup">
      <header className="setup-head">
        <img src="/vigil.svg" alt="" width="40" height="40" />
        <div><h1>{t("setup.title")}</h1>{told && <p>{t("setup.intro")}</p>}</div>
        <ThemeButton /><LanguageButton />
      </header>
      <Notice trouble={trouble} />
      {state === "no key" && <KeyForm opened={() => void ask(true)} />}
      {state === "set up" && <p>{t("setup.none")} <a href="/">{t("setup.to_desk")}</a></p>}
      {told && state === "asking" && (
        <div className="setup-work">
          <nav aria-label={t("setup.steps")}>
            <ol>
              {STEPS.map((each, index) => {
                const done = isDone(each, told), here = each === step;
                const open = STEPS.slice(0, index).every((before) => isDone(before, told));
                return (
                  <li key={each}>
                    <button type="button" disabled={!open} aria-current={here ? "step" : undefined} onClick={() => setStep(each)}>
                      <span className="setup-number" aria-hidden="true">{done ? "✓" : index + 1}</span>
                      <span>{t(`step.${each}`)}</span>
                      {(done || here) && <small>{t(here ? "setup.here" : "setup.done")}</small>}
                    </button>
                  </li>
                );
              })}
            </ol>
          </nav>
          <section className="setup-step" aria-label={t(`step.${step}`)} key={step}>
            <h2>{STEPS.indexOf(step) + 1}. {t(`step.${step}`)}</h2>
            {step === "city" && <CityStep {...props} />}
            {step === "map" && <MapStep {...props} />}
            {step === "hospitals" && <HospitalsStep {...props} />}
            {step === "stations" && <StationsStep {...props} />}
            {step === "users" && <UsersStep {...props} />}
            {step === "finish" && <FinishStep />}
          </section>
        </div>
      )}
    </main>
  );
}

function KeyForm({ opened }: { opened: () => void }) {
  const { t } = useText();
  return (
    <form className="setup-key" onSubmit={(event) => {
      event.preventDefault();
      takeKey(String(new FormData(event.currentTarget).get("key") ?? "").replace(/^.*#/, ""));
      opened();
    }}>
      <p>{t("setup.key")}</p>
      <label className="field">{t("setup.key_field")}<input name="key" autoComplete="off" spellCheck={false} required /></label>
      <button className="primary">{t("setup.key_go")}</button>
    </form>
  );
}
