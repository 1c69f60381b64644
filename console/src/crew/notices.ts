/**
 * What comes while the page is behind another one stands in the phone's own list, with a buzz. It goes through the
 * page's worker and no further: no push service of anybody, so a page that is closed tells nothing. A locked screen
 * is read by everybody, so a notice names neither place nor patient.
 */
import { useEffect } from "react";

import { Cell } from "../store/cell";

export type NoticesState = "on" | "off" | "forbidden" | "none";
const STORED = "vigil.crew.notices";
const able = typeof Notification !== "undefined" && "serviceWorker" in navigator;

function wanted(): boolean {
  try {
    return localStorage.getItem(STORED) !== "off";
  } catch {
    return true;
  }
}

function first(): NoticesState {
  if (!able) return "none";
  if (Notification.permission === "denied") return "forbidden";
  return Notification.permission === "granted" && wanted() ? "on" : "off";
}

export const notices = new Cell<NoticesState>(first());

/** Asks the phone, which asks the crew once. */
export async function turnNotices(on: boolean): Promise<void> {
  if (!able) return;
  try {
    localStorage.setItem(STORED, on ? "on" : "off");
  } catch {
    // Without storage the choice lives as long as the page.
  }
  if (!on) return notices.set("off");
  const answer = await Notification.requestPermission();
  notices.set(answer === "granted" ? "on" : answer === "denied" ? "forbidden" : "off");
}

/** `tag` : a second notice of the same takes the place of the first. */
export async function notice(tag: string, title: string, body: string): Promise<void> {
  if (notices.get() !== "on" || !document.hidden) return;
  const worker = await navigator.serviceWorker.ready;
  // `renotify` and `vibrate` are known to phones, not yet to the compiler.
  const how = { body, tag, icon: "/crew-192.png", requireInteraction: true, renotify: true, vibrate: [300, 120, 300, 120, 300] };
  await worker.showNotification(title, how as NotificationOptions).catch(() => undefined); // forbidden meanwhile
}

/** Whoever looks at the page has seen them. */
export function useNoticesCleared(): void {
  useEffect(() => {
    if (!able) return;
    const clear = async () => {
      if (document.hidden) return;
      const worker = await navigator.serviceWorker.getRegistration();
      (await worker?.getNotifications())?.forEach((one) => one.close());
    };
    const look = () => void clear().catch(() => undefined);
    look();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, []);
}
