/** The explicit "go to": besides the hand that drags it, only this moves the map. */
import { useText } from "../text/i18n";

export function GoTo({ name, go }: { name: string; go: () => void }) {
  const { t } = useText();
  return (
    <button type="button" className="goto" aria-label={t("goto.label", { name })} title={t("goto.title")} onClick={go}>
      <svg viewBox="0 0 16 16" width="15" height="15" aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="1.6">
        <circle cx="8" cy="8" r="4.2" /><path d="M8 1v4M8 11v4M1 8h4M11 8h4" />
      </svg>
    </button>
  );
}
