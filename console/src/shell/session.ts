/** Who sits here and which city this is. A session that ends hides nothing and loses no typed text. */
import { forgetKept } from "../outbox/shelf";
import { tellOtherWindows, whenOthersLeave } from "../gate/leaving";
import { Cell } from "../store/cell";
import * as api from "../wire/api";
import type { City, Me } from "../wire/answers";
import { askAhead, link, store } from "../live";
import { onSessionEnd, Refusal } from "../wire/send";

/** The roles that are told every event; the server keeps the others to the rows that concern them. */
const DESK = ["dispatcher", "supervisor", "admin"];

/** Set once by a page that shows the past: nobody gives an order there, whoever looks. */
export const looking = { back: false };

/** Whether this account takes calls and sends units. The server decides; this only spares buttons it would refuse. */
export function atDesk(me: Me | null): boolean {
  return !looking.back && seesAll(me);
}

/** Whether this is an account of the desk, wherever it looks: of the past, too. */
export function seesAll(me: Me | null): boolean {
  return me !== null && DESK.includes(me.role);
}

/** Whether it is told everything: the desk, and the clinicians, who send nobody. */
export function reads(me: Me | null): boolean {
  return seesAll(me) || me?.role === "clinician";
}

/** Whether it may say what this unit does: the desk for every unit, a crew for its own. */
export function speaksFor(me: Me | null, callsign: string): boolean {
  return atDesk(me) || (!looking.back && me?.role === "crew" && me.callsign === callsign);
}

export type Session = {
  /** "asking" until the server told who we are; "over" shows the login above whatever stands there. */
  state: "asking" | "open" | "over" | "unreachable";
  me: Me | null;
  city: City | null;
};

export const session = new Cell<Session>({ state: "asking", me: null, city: null });

/** From the sign-out until the page is made anew. */
let left = false;

/** Asks who we are; opens the live link when the server knows us. */
export async function begin(): Promise<void> {
  try {
    const held = session.get().city;
    if (held === null && !looking.back) askAhead();
    const [me, city] = await Promise.all([api.me(), held ?? api.city()]);
    if (left) return;
    const changedUser = session.get().me !== null && session.get().me?.username !== me.username;
    if (changedUser) location.reload();
    store.eventful = reads(me);
    session.set({ state: "open", me, city });
    if (looking.back) return; // a page of the past has no live line
    if (held === null) link.start();
    else link.hurry();
  } catch (error) {
    if (error instanceof Refusal && [401, 403].includes(error.status)) return session.change({ state: "over" });
    if (session.get().city === null) session.change({ state: "unreachable" });
    setTimeout(() => void begin(), 2000);
  }
}

/** Signs in; the page goes on with `begin`. Where a phone was just set up, what opens the door without it. */
export async function enter(username: string, password: string, code?: string): Promise<string[] | null> {
  return (await api.login(username, password, code)).paper_codes ?? null;
}

export async function leave(): Promise<void> {
  const elsewhere = session.get().me?.vouched_for ?? false;
  await api.logout();
  tellOtherWindows();
  await forget(elsewhere ? () => location.replace(api.LEAVE_ELSEWHERE) : undefined);
}

/** Nothing is shown and nothing sounds any more; what was half typed, and what this browser kept, goes with whoever left. */
async function forget(onward = () => location.reload()): Promise<void> {
  left = true;
  link.stop();
  // Nobody's rows are kept from here on. The city stays: it is no secret, and what is drawn at this moment reads it.
  session.change({ state: "asking", me: null });
  sessionStorage.clear();
  await forgetKept();
  onward();
}

whenOthersLeave(() => void forget());

addEventListener("online", () => link.hurry());
onSessionEnd(() => session.change({ state: "over" }));
