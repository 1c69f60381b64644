/** What everybody in the room sees: figures of the shift, who waits, where units and beds are missing, alarms. */
import { en, vi } from "virtual:texts/oversight";
import { useEffect } from "react";

import { AlarmLine } from "../alarms/AlarmLine";
import { link } from "../live";
import { useSecond } from "../live/ticker";
import { Pages } from "../oversight/Pages";
import { CutBar, DemoBanner, LinkLamp } from "../shell/Header";
import { LanguageButton } from "../shell/LanguageButton";
import { ThemeButton } from "../shell/ThemeButton";
import { Login } from "../shell/Login";
import { SignOut } from "../shell/SignOut";
import { atDesk, session } from "../shell/session";
import { useCell } from "../store/cell";
import { timeOfDay } from "../text/format";
import { addTexts, useText } from "../text/i18n";
import { WallHospitals, WallQueue, WallUnits } from "./Boards";
import { Tiles } from "./Tiles";

addTexts({ vi, en });

/** A wall runs for weeks: so often what ended half a day ago is let go, ms. */
const RENEW_MS = 6 * 3_600_000;

export function Wall() {
  const { t, say } = useText();
  const { state, me, city } = useCell(session);
  useEffect(() => { document.title = t("title.wall"); }, [t]);
  useEffect(() => {
    const timer = setInterval(() => link.renew(), RENEW_MS);
    return () => clearInterval(timer);
  }, []);
  if (!me || !city) {
    if (state === "over") return <Login title={t("title.wall")} />;
    return <main className="starting" role="status">{t(state === "unreachable" ? "link.unreachable" : "link.starting")}</main>;
  }
  if (!atDesk(me)) return <main className="starting"><p>{t("wall.no_access")}</p><Pages here="wall" /></main>;
  return (
    <>
      <div className="wall" inert={state === "over"}>
        <div>
          {city.demo && <DemoBanner />}
          <header className="wall-head">
            <h1><b className="service">{city.emergency_number}</b> {t("title.wall")} <small>{say(city.name)}</small></h1>
            <Pages here="wall" /><ThemeButton /><LanguageButton /><SignOut /><LinkLamp /><BigClock timezone={city.timezone} />
          </header>
          <CutBar />
          <AlarmLine />
        </div>
        <main className="wall-main">
          <Tiles />
          <div className="wall-boards"><WallQueue /><WallUnits /><WallHospitals /></div>
        </main>
      </div>
      {state === "over" && <Login title={t("title.wall")} again />}
    </>
  );
}

function BigClock({ timezone }: { timezone: string }) {
  return <time className="big-clock">{timeOfDay(useSecond() * 1000, timezone)}</time>;
}
