/** Allows this tablet to sound; named by what a press does. */
import { useCell } from "../store/cell";
import { useText } from "../text/i18n";
import { sound, sounding } from "./sound";

export function SoundButton() {
  const { t } = useText();
  const on = useCell(sounding);
  return <button type="button" className="quiet" onClick={() => sound(!on)}>{t(on ? "ward.sound_off" : "ward.sound_on")}</button>;
}
