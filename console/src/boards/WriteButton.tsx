/** The envelope beside a unit: begins a message to its crew, and stands out while one is unread. */
import { useText } from "../text/i18n";

type Props = { callsign: string; unread: boolean; open: boolean; press: () => void };

export function WriteButton({ callsign, unread, open, press }: Props) {
  const { t } = useText();
  const label = t(unread ? "message.label_unread" : "message.label", { callsign });
  return (
    <button type="button" className={`goto ${unread ? "amber" : ""}`} aria-label={label} title={label} aria-expanded={open} onClick={press}>
      <svg viewBox="0 0 16 16" width="15" height="15" aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="1.6">
        <path d="M1.5 3.5h13v9h-13zM1.5 4l6.5 5 6.5-5" />{unread && <circle cx="13.5" cy="3.5" r="2.4" fill="currentColor" stroke="none" />}
      </svg>
    </button>
  );
}
