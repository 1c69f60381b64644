/** P1 to P4 as four large buttons; the text says what the colour says. */
import { useText } from "../text/i18n";
import "../text/openedTexts";
import type { Priority } from "../wire/rows";

export const PRIORITIES: Priority[] = ["P1", "P2", "P3", "P4"];

type Props = { value: Priority | null; choose: (priority: Priority) => void };

export function PriorityChoice({ value, choose }: Props) {
  const { t } = useText();
  return (
    <fieldset className="field wide choice">
      <legend>{t("assess.priority")}</legend>
      <div className="segments">
        {PRIORITIES.map((priority) => (
          <label key={priority} className={`segment ${priority} ${value === priority ? "on" : ""}`}>
            <input type="radio" name="priority" value={priority} checked={value === priority}
              onChange={() => choose(priority)} />
            <b>{priority}</b><small>{t(`priority.${priority}`)}</small>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
