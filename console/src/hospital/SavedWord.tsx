/** The one line above the buttons: what became of the last tap, or what must be looked at before the next. */
import type { Held } from "../outbox/outbox";
import { useText } from "../text/i18n";
import type { WardOrder } from "./orders";

export type Word = { kind: "lost" } | { kind: "clash" | "look" | "moved"; kinds: string[] } | { kind: "said"; id: string };

/** Orders under way for longer than this are not being sent, they are waiting, s. */
const SENDING_S = 3;

type Props = { words: Word[]; held: Held<WardOrder>; who: string; cut: boolean; now: number };

/** `words` : the most urgent first; only one is said. */
export function SavedWord({ words, held, who, cut, now }: Props) {
  const { t } = useText();
  const said = words.map((word) => inWords(word)).find((one) => one !== null);
  return <p className="saved" role="status">{said}</p>;

  function inWords(word: Word) {
    switch (word.kind) {
      case "lost":
        return <span className="hot">■ {t("ward.not_kept")}</span>;
      case "clash":
        return <span className="clash">▲ {t("beds.decide", { kinds: word.kinds.join(", ") })}</span>;
      case "look":
        return <span className="clash">▲ {t("beds.look", { kinds: word.kinds.join(", ") })}</span>;
      case "moved":
        return <span className="clash">▲ {t("beds.moved_bar", { kinds: word.kinds.join(", ") })}</span>;
      case "said": {
        const waiting = held.waiting.find((one) => one.id === word.id);
        if (!waiting) return `✓ ${t("beds.saved", { who })}`;
        return t(cut || now - Date.parse(waiting.tapped) / 1000 > SENDING_S ? "ward.kept_for_line" : "ward.kept_sending");
      }
    }
  }
}
