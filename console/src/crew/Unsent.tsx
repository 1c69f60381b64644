/** How many taps wait for the line, and which of them the centre did not accept. */
import { session } from "../shell/session";
import { useCell } from "../store/cell";
import type { Kept } from "../outbox/outbox";
import { timeOfDay } from "../text/format";
import { known, useText, type Tell } from "../text/i18n";
import { lasting, outbox, useOutbox, type Errand } from "./errands";

export function Unsent() {
  const { t } = useText();
  const { city } = useCell(session);
  const { waiting, refused } = useOutbox();
  const time = (iso: string) => timeOfDay(iso, city!.timezone);
  const oldest = waiting.map((one) => one.tapped).sort()[0];
  return (
    <>
      {!lasting && <p className="cut-note">{t("crew.not_kept")}</p>}
      <div role="status">
        {oldest && (
          <p className="unsent"><span aria-hidden="true">◌ </span><b>{t("crew.waits", { count: waiting.length })}</b> · {t("crew.waits_since", { time: time(oldest) })}</p>
        )}
      </div>
      <div role="alert">
        {refused.map((one) => (
          <div key={one.id} className="refused">
            <p><span aria-hidden="true">■ </span><b>{t("crew.refused", { what: wordOf(t, one), time: time(one.tapped) })}</b> {one.refused}</p>
            <button type="button" onClick={() => void outbox.dismiss(one.id)}>{t("crew.read")}</button>
          </div>
        ))}
      </div>
    </>
  );
}

/** What was tapped, in a word or two. */
export function wordOf(t: Tell, { order }: Pick<Kept<Errand>, "order">): string {
  switch (order.kind) {
    case "milestone": return t("crew.what.milestone", { step: known(t, "milestone", order.milestone) });
    case "prompt": return t("crew.what.prompt", { step: known(t, "milestone", order.milestone) });
    case "sort":
    case "load": return t(`crew.what.${order.kind}`, { tag: order.tag });
    case "post": return t("crew.what.post", { post: order.post });
    default: return t(`crew.what.${order.kind}`);
  }
}
