/** What a crew tells from its phone, with the line or without. What asks for an answer (another hospital) is not among it. */
import { link, store } from "../live";
import { clock } from "../live/clock";
import { Outbox, type Kept } from "../outbox/outbox";
import { DiskShelf, MemoryShelf, onDiskClosed } from "../outbox/shelf";
import { session } from "../shell/session";
import { useCell } from "../store/cell";
import { freshId } from "../wire/ids";
import * as crew from "../wire/crew";
import type { Milestone, Point } from "../wire/rows";

type Colour = "red" | "yellow" | "green" | "black";

export type Errand =
  | { kind: "milestone"; run_id: string; milestone: Milestone; position: Point | null; reason?: string; outcome?: string }
  | { kind: "sos"; callsign: string; alarm_id: string; position: Point | null }
  | { kind: "well"; run_id: string }
  | { kind: "prompt"; run_id: string; prompt_id: string; yes: boolean; milestone: string; at: string }
  | { kind: "duty"; callsign: string; status: crew.Duty }
  | { kind: "read"; message_id: string }
  | { kind: "post"; move_up_id: string; post: string; going: boolean; reason: string | null }
  | { kind: "pre_alert"; run_id: string; told: crew.PreAlert }
  | { kind: "count"; incident_id: string; counts: Record<Colour, number> }
  | { kind: "sort"; patient_id: string; tag: string; category: Colour }
  | { kind: "load"; patient_id: string; tag: string; run_id: string | null };

function send({ id, tapped, bare, order }: Kept<Errand>): Promise<{ seq?: number }> {
  switch (order.kind) {
    case "milestone": {
      const { milestone, position, reason, outcome } = order;
      return crew.reach(id, order.run_id, { milestone, at: tapped, position, reason, outcome });
    }
    case "sos": return crew.sos(id, order.callsign, { id: order.alarm_id, ...(bare ? {} : { at: tapped, position: order.position }) });
    case "well": return crew.allWell(id, order.run_id, tapped);
    case "prompt": return crew.answerPrompt(id, order.run_id, order.prompt_id, order.yes);
    case "duty": return crew.setDuty(id, order.callsign, order.status, tapped);
    case "read": return crew.readMessage(id, order.message_id, tapped);
    case "post": return crew.answerPost(id, order.move_up_id, { going: order.going, reason: order.reason, at: tapped });
    case "pre_alert": return crew.preAlert(id, order.run_id, order.told, tapped);
    case "count": return crew.count(id, order.incident_id, order.counts, tapped);
    case "sort": return crew.sort(id, order.patient_id, { category: order.category, at: tapped });
    case "load": return crew.load(id, order.patient_id, order.run_id, tapped);
  }
}

/** Whether this browser keeps anything; a private window of some does not. */
export const lasting = typeof indexedDB !== "undefined";

export const outbox = new Outbox<Errand>(
  lasting ? new DiskShelf<Kept<Errand>>("errands") : new MemoryShelf<Kept<Errand>>((one) => one.id),
  { send, who: () => session.get().me?.username ?? null, pause: (ms) => new Promise((done) => setTimeout(done, ms)) },
);

/** One tap. Its time is now, by the server's clock, however late it is sent. */
export function tap(order: Errand, urgent = false): Promise<void> {
  const by = session.get().me?.username;
  if (!by) return Promise.reject(new Error("nobody is signed in"));
  return outbox.add(order, { id: freshId(), by, tapped: clock.iso(), urgent });
}

/** Begins to send, and tries again whenever there is a reason to hope. */
export function openOutbox(): void {
  void outbox.open();
  onDiskClosed(() => void outbox.keepAgain());
  addEventListener("online", () => outbox.hurry());
  document.addEventListener("visibilitychange", () => document.hidden || outbox.hurry());
  link.subscribe(() => link.state === "live" && outbox.hurry());
  store.subscribe("seq", () => outbox.reached(store.seq));
  session.subscribe(() => session.get().state === "open" && outbox.hurry());
}

export function useOutbox() {
  return useCell(outbox.held);
}
