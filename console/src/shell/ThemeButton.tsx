/** Names what the button turns to: night for a dark room, day for a bright one. */
import { useCell } from "../store/cell";
import { useText } from "../text/i18n";
import { choose, theme } from "./pageTheme";

export function ThemeButton() {
  const { t } = useText();
  const now = useCell(theme);
  return (
    <button type="button" className="quiet" onClick={() => choose(now === "light" ? "dark" : "light")}>
      {t(now === "light" ? "theme.night" : "theme.day")}
    </button>
  );
}
