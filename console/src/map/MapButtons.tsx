/** Zoom, look at all that is open, what is shown, what is seen: all that the mouse does on the map, as buttons. */
import { useEffect, useState, type ReactNode } from "react";

import { session } from "../shell/session";
import { useCell } from "../store/cell";
import { useText, type Key } from "../text/i18n";
import { fit } from "./fit";
import type { Ground } from "./ground";

export type Opened = "layers" | "list" | null;
type Props = { map: Ground; opened: Opened; open: (what: Opened) => void };
type View = { center: [number, number]; zoom: number };

export function MapButtons({ map, opened, open }: Props) {
  const { t } = useText();
  const city = useCell(session).city!;
  const [before, setBefore] = useState<View | null>(null);

  // A hand that moves the map has chosen its own view: there is nothing to go back to.
  useEffect(() => {
    const moved = (event: { originalEvent?: unknown }) => { if (event.originalEvent) setBefore(null); };
    map.on("movestart", moved);
    return () => { map.off("movestart", moved); };
  }, [map]);

  function look() {
    if (before) {
      map.easeTo({ ...before, duration: 350 });
      return setBefore(null);
    }
    const { lng, lat } = map.getCenter();
    setBefore({ center: [lng, lat], zoom: map.getZoom() });
    fit(map, city);
  }

  return (
    <div className="map-buttons">
      <MapButton say="map.in" act={() => map.zoomIn({ duration: 200 })}><path d="M8 3v10M3 8h10" /></MapButton>
      <MapButton say="map.out" act={() => map.zoomOut({ duration: 200 })}><path d="M3 8h10" /></MapButton>
      <MapButton say={before ? "map.back" : "map.fit"} act={look}>
        {before ? <path d="M6 3 2 7l4 4M2 7h8a4 4 0 0 1 0 7H7" /> : <path d="M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4M8 6.5v3M6.5 8h3" />}
      </MapButton>
      <MapButton say="map.layers" pressed={opened === "layers"} act={() => open(opened === "layers" ? null : "layers")}>
        <path d="m8 2 6 3-6 3-6-3zM2 8l6 3 6-3M2 11l6 3 6-3" />
      </MapButton>
      <MapButton say="map.list" pressed={opened === "list"} act={() => open(opened === "list" ? null : "list")}>
        <path d="M5 4h9M5 8h9M5 12h9M2 4h.5M2 8h.5M2 12h.5" />
      </MapButton>
      <span role="status" className="unseen">{before && t("map.fitted")}</span>
    </div>
  );
}

function MapButton({ say, act, pressed, children }: { say: Key; act: () => void; pressed?: boolean; children: ReactNode }) {
  const { t } = useText();
  return (
    <button type="button" aria-label={t(say)} title={t(say)} aria-expanded={pressed} onClick={act}>
      <svg viewBox="0 0 16 16" width="17" height="17" aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="1.7"
        strokeLinecap="round" strokeLinejoin="round">{children}</svg>
    </button>
  );
}
