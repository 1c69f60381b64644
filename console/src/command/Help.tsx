/** Every order with its words; pressing one begins the line. No modal: all beside it goes on. */
import { useText, type Key } from "../text/i18n";
import { STATUSES, VERBS } from "./words";

const IN_ORDER = ["D", "X", "T", "P", "C", "N", "NT", "M", "L", "AL", "DG", "PL", "U", "TM", "MG", "UM", "OK", "NO", "V", "K", "H", "G", ...STATUSES] as const;

export function Help({ put, close }: { put: (words: string) => void; close: () => void }) {
  const { t } = useText();
  return (
    <div className="command-help" role="region" aria-label={t("line.help")}>
      <header><h2>{t("line.help")}</h2>
        <button type="button" className="quiet" onClick={close}>{t("command.help_close")} <kbd>Esc</kbd></button></header>
      <p>{t("command.help_intro")}</p>
      <ul>
        {[...IN_ORDER, ...VERBS.filter((verb) => !(IN_ORDER as readonly string[]).includes(verb) && verb !== "?")].map((word) => {
          const [form, what] = t(`syntax.${word}` as Key).split(" — ");
          return (
            <li key={word}><button type="button" onClick={() => { put(`${word} `); close(); }}>
              <b>{form}</b> <span>{what}</span></button></li>
          );
        })}
        <li><span className="faint">{t("syntax.unit")}</span></li>
      </ul>
    </div>
  );
}
