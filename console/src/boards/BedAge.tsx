/** How old a figure of beds is; `oldest` where it speaks for several kinds. */
import { useSecond } from "../live/ticker";
import { session } from "../shell/session";
import { useCell } from "../store/cell";
import { since } from "../text/format";
import { ago, useText } from "../text/i18n";
import { level, MARK } from "../text/urgency";

export function BedAge({ at, oldest = false }: { at: string; oldest?: boolean }) {
  const { t } = useText();
  const { targets } = useCell(session).city!;
  const age = since(at, useSecond());
  const now = level(age, targets.bed_age.amber_s, targets.bed_age.red_s);
  return (
    <span className={`age ${now}`}>
      {now !== "calm" && <span aria-hidden="true">{MARK[now]} </span>}{oldest && age >= 60 ? t("age.oldest", { ago: ago(t, age) }) : ago(t, age)}
    </span>
  );
}
