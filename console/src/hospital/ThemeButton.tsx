/** Names what the button turns to: night for a dark ward, day for a bright one. */
import { useCell } from "../store/cell";
import { useText } from "../text/i18n";
import { choose, theme } from "./theme";

export function ThemeButton() {
  const { t } = useText();
  const now = useCell(theme);
  return (
    <button type="button" className="quiet" onClick={() => choose(now === "light" ? "dark" : "light")}>
      {t(now === "light" ? "ward.night" : "ward.day")}
    </button>
  );
}
