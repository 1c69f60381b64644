/** Has the browser keep this page for when there is no line. A browser only does so over https, or on this machine. */
export function keepShell(worker: string, scope: string): void {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  // Without it the page works as long as there is a line; nothing else can be done about it here.
  navigator.serviceWorker.register(worker, { scope, updateViaCache: "none" }).catch(() => undefined);
}
