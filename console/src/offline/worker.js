/**
 * Keeps one page with all it is made of, so that it opens where there is no line. It never touches the API: what is
 * known and what was tapped is the page's own affair. The build fills in SHELL (src/offline/plugin.ts).
 */
const SHELL = /* filled in by the build */ { path: "", version: "", files: [] };
const KEPT = `${SHELL.path}#${SHELL.version}`;
const LINE_MS = 2500;

addEventListener("install", (event) => {
  const asked = SHELL.files.map((file) => new Request(file, { cache: "reload" }));
  event.waitUntil(caches.open(KEPT).then((cache) => cache.addAll(asked)));
});

addEventListener("activate", (event) => {
  const old = (names) => names.filter((name) => name.startsWith(`${SHELL.path}#`) && name !== KEPT);
  event.waitUntil(caches.keys().then((names) => Promise.all(old(names).map((name) => caches.delete(name)))));
});

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate") {
    if (pathname === SHELL.path) event.respondWith(newest(request));
  } else if (SHELL.files.includes(pathname)) {
    event.respondWith(caches.match(pathname).then((found) => found ?? fetch(request)));
  }
});

/** A notice that is pressed brings the page to the front, or opens it. */
addEventListener("notificationclick", (event) => {
  event.notification.close();
  const ours = (page) => new URL(page.url).pathname === SHELL.path;
  const front = async () => {
    const open = (await clients.matchAll({ type: "window", includeUncontrolled: true })).find(ours);
    return open ? open.focus() : clients.openWindow(SHELL.path);
  };
  event.waitUntil(front().catch(() => undefined));
});

/** The page as the server has it now, once all it begins with is there too; where that does not come soon, the one kept. */
async function newest(request) {
  const kept = caches.match(SHELL.path);
  const asked = fetch(request).then((answer) => (answer.ok ? answer : Promise.reject(new Error(String(answer.status)))));
  const whole = asked.then(async (answer) => {
    await Promise.all(beginnings(await answer.clone().text()).map(there));
    return answer;
  });
  const patience = new Promise((_, fail) => setTimeout(() => fail(new Error("no line")), LINE_MS));
  return Promise.race([whole, patience]).catch(async () => (await kept) ?? asked.catch(() => Response.error()));
}

/** Scripts and styles without which a page stays white. */
function beginnings(page) {
  return [...page.matchAll(/(?:src|href)="(\/[^"]+\.(?:js|css))"/g)].map(([, file]) => file);
}

async function there(file) {
  if (await caches.match(file)) return;
  const answer = await fetch(file);
  if (!answer.ok) throw new Error(`${file}: ${answer.status}`);
}
