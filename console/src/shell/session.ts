/** Who sits here and which city this is. A session that ends hides nothing and loses no typed text. */
import { forgetKept } from "../outbox/shelf";
import { markLeft, nothingFromMemory, tellOtherWindows, tellWhoSits, unheard, untilHeard, untilThere, whenOthers } from "../gate/leaving";
import { Cell } from "../store/cell";
import * as api from "../wire/api";
import type { City, Me } from "../wire/answers";
import { askAhead, link, onWhoSits, store } from "../live";
import { onSessionEnd, Refusal, Unreachable } from "../wire/send";

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
  /** Signed out here, and the server has not heard of it. */
  leaving?: boolean;
};

export const session = new Cell<Session>({ state: "asking", me: null, city: null });

/** From the sign-out until the page is made anew. */
let left = false;

/** Asks who we are; opens the live link when the server knows us. */
export async function begin(): Promise<void> {
  await untilHeard(waitToLeave);
  try {
    const held = session.get().city;
    if (held === null && !looking.back) askAhead();
    const [me, city] = await Promise.all([api.me(), held ?? api.city()]);
    if (left || isAnother(me)) return;
    tellWhoSits(me.username);
    store.eventful = reads(me);
    session.set({ state: "open", me, city, leaving: false });
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
  if (unheard()) throw new Unreachable("the sign-out before was not heard");
  const welcome = await api.login(username, password, code);
  tellWhoSits(welcome.username);
  return welcome.paper_codes ?? null;
}

/** Hides all at once; the server is told as soon as it can be reached, by this page or by the next that is opened. */
export async function leave(): Promise<void> {
  const elsewhere = session.get().me?.vouched_for ?? false;
  markLeft();
  tellOtherWindows();
  await forget({ onward: elsewhere ? () => location.replace(api.LEAVE_ELSEWHERE) : undefined });
}

/**
 * Nothing is shown and nothing sounds any more; what was half typed, and what this browser kept, goes with whoever left.
 * `told` : another window signed out; `typed` : what was half typed stays for the next person.
 */
async function forget({ onward = () => location.reload(), told = false, typed = false } = {}): Promise<void> {
  if (left) return;
  left = true;
  link.stop();
  // Nobody's rows are kept from here on. The city stays: it is no secret, and what is drawn at this moment reads it.
  session.change({ state: "asking", me: null });
  if (!typed) sessionStorage.clear();
  await Promise.all([forgetKept(), untilHeard(waitToLeave, told)]);
  await untilThere(waitToLeave);
  onward();
}

function waitToLeave(): void {
  session.change({ state: "over", leaving: true });
}

/** Whether somebody else sits here now: another window, or the login above this one, changed the session. Then all begins anew. */
function isAnother(me: Me): boolean {
  const before = session.get().me;
  if (before === null || before.username === me.username) return false;
  void forget({ typed: reads(before) && reads(me) }); // a call half typed is for whoever takes the desk over
  return true;
}

onWhoSits(isAnother);
whenOthers({
  leave: () => void forget({ told: true }),
  sits: (username) => {
    const { me, state } = session.get();
    if (!left && (state === "over" || (me !== null && me.username !== username))) void begin();
  },
});
nothingFromMemory();

addEventListener("online", () => link.hurry());
onSessionEnd(() => { if (!left) session.change({ state: "over" }); });
