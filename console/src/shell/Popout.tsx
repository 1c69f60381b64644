/** One board in a window of its own, for another monitor. What is chosen here is chosen on the desk, and the other way round. */
import { Suspense, useEffect } from "react";

import "./deskTexts";
import { AreaBoard } from "../boards/AreaBoard";
import { HospitalStrip } from "../boards/HospitalStrip";
import { UnitBoard } from "../boards/UnitBoard";
import { Queue } from "../queue/Queue";
import { useCell } from "../store/cell";
import { useText } from "../text/i18n";
import { CutBar, DemoBanner, WindowHeader } from "./Header";
import { MapPanel } from "./mapPart";
import { keepPlace } from "./placing";
import { session } from "./session";
import { useTall } from "./tall";
import type { WindowName } from "./windows";

export function Popout({ name }: { name: WindowName }) {
  const { t } = useText();
  const { me, city, state } = useCell(session);
  const { username } = me!;
  const title = t(`window.${name}`);
  useEffect(() => { document.title = `${title} – Vigil`; }, [title]);
  const bars = useTall("--standing");
  useEffect(() => keepPlace(username, name), [username, name]);
  return (
    <div className={`desk popout ${name}`} inert={state === "over"}>
      <div className="bars" ref={bars}>
        {city!.demo && <DemoBanner />}
        <WindowHeader title={title} />
        <CutBar />
      </div>
      <main className="popout-work">
        {name === "map" && <Suspense fallback={<section className="panel map" />}><MapPanel /></Suspense>}
        {name === "units" && <><AreaBoard /><UnitBoard /></>}
        {name === "hospitals" && <HospitalStrip />}
        {name === "queue" && <Queue />}
      </main>
    </div>
  );
}
