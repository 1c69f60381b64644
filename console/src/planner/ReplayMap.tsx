/** The map of a replication: the base map of the desk, and what is simulated above it. Loaded when it is shown. */
import "../map/map.css";
import "../map/texts";

import { useEffect, useEffectEvent, useRef, useState } from "react";

import { dressed, openGround, type Ground } from "../map/ground";
import { useTheme } from "../map/theme";
import { session } from "../shell/session";
import { useCell } from "../store/cell";
import { useText } from "../text/i18n";
import type { Replay } from "../wire/simulations";
import type { Film } from "./film";
import { boundsOf, ReplayPainter } from "./replayPainter";

const PADDING_PX = 28;
const CLOSEST = 14;

export function ReplayMap({ replay, film, name }: { replay: Replay | null; film: Film; name: string }) {
  const { t } = useText();
  const city = useCell(session).city!;
  const theme = useTheme();
  const worn = useRef(theme);
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [ground, setGround] = useState<Ground | null>(null);
  const [broken, setBroken] = useState(false);
  const open = useEffectEvent((where: HTMLElement) => {
    worn.current = theme;
    return openGround(where, city, theme, { wheel: t("planner.wheel"), touch: t("planner.two_fingers") });
  });
  useEffect(() => {
    if (broken || !box.current) return;
    let map: Ground;
    try {
      map = open(box.current);
    } catch {
      setBroken(true);
      return;
    }
    setGround(map);
    return () => {
      map.remove();
      setGround(null);
    };
  }, [broken]);
  useEffect(() => {
    if (!ground || worn.current === theme) return;
    worn.current = theme;
    ground.setStyle(dressed(city, theme));
  }, [ground, city, theme]);
  useEffect(() => { ground?.getCanvas().setAttribute("aria-label", t("planner.canvas", { letter: name })); }, [ground, name, t]);

  // Once for a simulation: another rival is looked at through the same window.
  const bounds = replay ? boundsOf(replay) : null;
  const seen = useRef(false);
  const look = useEffectEvent((map: Ground) => {
    if (seen.current || !bounds) return;
    seen.current = true;
    map.fitBounds(bounds, { padding: PADDING_PX, maxZoom: CLOSEST, duration: 0 });
  });
  useEffect(() => {
    if (!ground || !canvas.current || !replay) return;
    look(ground);
    const painting = new ReplayPainter(ground, canvas.current, replay, film);
    return () => painting.stop();
  }, [ground, replay, film]);

  if (broken) return <p className="nothing">{t("planner.no_ground")}</p>;
  return (
    <>
      <div ref={box} className="ground" />
      <canvas ref={canvas} className="overlay" aria-hidden="true" />
      <div className="attribution">{city.map.kind === "drawn" ? t("map.drawn") : city.map.attribution}</div>
    </>
  );
}
