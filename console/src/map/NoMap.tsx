/** Where no map is drawn: why, and what of the roads can be read and lifted without one. */
import "./map.css";

import { useText } from "../text/i18n";
import { whenShown } from "../shell/later";
import { noMapAsked } from "../shell/noMap";
import { Soon } from "../shell/Soon";

const RoadsBoard = whenShown(() => import("./RoadsBoard").then((part) => part.RoadsBoard));

export function NoMap() {
  const { t } = useText();
  return (
    <section className="panel map without" aria-label={t("map.title")}>
      <header className="panel-head"><h2>{t("map.title")}</h2></header>
      <div className="map-box">
        <p className="nothing">{t(noMapAsked ? "map.left_out" : "map.none")}</p>
        <Soon><RoadsBoard /></Soon>
      </div>
    </section>
  );
}
