/** What this ward said and the centre has not heard yet: how many, since when; and what the centre would not take. */
import { useSecond } from "../live/ticker";
import { useCell } from "../store/cell";
import { span, timeOfDay } from "../text/format";
import { useText, type Tell } from "../text/i18n";
import { forgetful, type Orders, type WardOrder } from "./orders";

/** Orders under way for less than this are not worth a word, s. */
const QUIET_S = 2;

type Props = { orders: Orders; timezone: string; kindName: (kind: string) => string };

export function WaitingOrders({ orders, timezone, kindName }: Props) {
  const { t } = useText();
  const now = useSecond();
  const { waiting, refused } = useCell(orders.box.held);
  const old = waiting.filter((one) => now - Date.parse(one.tapped) / 1000 > QUIET_S);
  return (
    <div role="status" className="waiting-orders">
      {old.length > 0 && (
        <p className="waiting-line"><b><span aria-hidden="true">▲ </span>{t("ward.waiting", { count: waiting.length })}</b>{" "}
          {t("ward.waiting_since", { time: timeOfDay(old[0]!.tapped, timezone, false), ago: span(now - Date.parse(old[0]!.tapped) / 1000) })}{" "}
          {t(forgetful ? "ward.keep_open" : "ward.goes_by_itself")}</p>
      )}
      {refused.map((one) => (
        <div key={one.id} className="refused-line">
          <p><b><span aria-hidden="true">■ </span>{t("ward.refused", { time: timeOfDay(one.tapped, timezone, false) })}</b>{" "}
            {said(t, one.order, kindName)}</p>
          <p>{one.refused}</p>
          <button type="button" onClick={() => void orders.box.dismiss(one.id)}>{t("ward.read")}</button>
        </div>
      ))}
    </div>
  );
}

/** The order in words, with its numbers: whoever reads it decides whether to say it again. */
export function said(t: Tell, order: WardOrder, kindName: (kind: string) => string): string {
  switch (order.kind) {
    case "beds":
      return Object.entries(order.beds).map(([kind, { staffed, occupied, blocked = 0 }]) =>
        t("ward.said_beds", { kind: kindName(kind), empty: Math.max(0, staffed - occupied - blocked), staffed })).join(" · ");
    case "divert":
      return t("ward.said_divert", { reason: order.reason });
    case "receive":
      return t("ward.said_receive");
  }
}
