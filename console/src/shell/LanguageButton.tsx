import { speak, useText } from "../text/i18n";

/** Names the other language in that language. */
export function LanguageButton() {
  const { language } = useText();
  const other = language === "vi" ? "en" : "vi";
  return (
    <button type="button" className="quiet" lang={other} onClick={() => void speak(other).catch(() => undefined)}>
      {other === "en" ? "English" : "Tiếng Việt"}
    </button>
  );
}
