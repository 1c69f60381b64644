/** The one outbox of this page, sending under the account that is signed in. */
import { useEffect, useState } from "react";

import { session } from "../shell/session";
import type { Kept } from "../outbox/outbox";
import * as ward from "../wire/ward";
import { link } from "../live";
import { openOrders, type Orders, type WardOrder } from "./orders";

function send({ id, tapped, order }: Kept<WardOrder>): Promise<{ seq?: number }> {
  switch (order.kind) {
    case "beds":
      return ward.countBeds(id, order.hospital, tapped, order.beds);
    case "divert":
      return ward.divert(id, order.hospital, { reason: order.reason, services: order.services, until: order.until, at: tapped });
    case "receive":
      return ward.receiveAgain(id, order.hospital, tapped);
  }
}

let opening: Promise<Orders> | null = null;

/** Opened once, when somebody is known; null until then. Sends as soon as the line is back. */
export function useOrders(): Orders | null {
  const [orders, setOrders] = useState<Orders | null>(null);
  useEffect(() => {
    opening ??= openOrders(send, () => session.get().me?.username ?? null).then((made) => {
      link.subscribe(() => link.state === "live" && made.box.hurry());
      session.subscribe(() => session.get().state === "open" && made.box.hurry());
      return made;
    });
    void opening.then(setOrders);
  }, []);
  return orders;
}
