/**
 * How soon the desk can be used when a browser opens it for the first time: nothing cached, signed in already.
 *
 *   vigil up --demo --city demo --port 8931 &
 *   node scripts/first-load.mjs http://127.0.0.1:8931 [times] [path]
 *
 * Usable: the queue stands there as the server has it, painted, and a letter typed into the command line stands there too.
 * Prints one JSON line, ms from the beginning of the navigation, with the kilobytes that came until then as they were sent.
 */
import { chromium } from "../console/node_modules/playwright-core/index.mjs";

const [url = "http://127.0.0.1:8115", times = "10", path = "/?nomap=1"] = process.argv.slice(2);
const answer = await fetch(`${url}/api/v1/login`, {
  method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ username: "dispatcher", password: "demo" }),
});
const { token } = await answer.json();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--enable-unsafe-swiftshader", "--disable-background-networking"],
});

async function once() {
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } }); // a context has caches of its own
  await context.addCookies([{ name: "vigil_session", value: token, url, httpOnly: true, sameSite: "Strict" }]);
  const page = await context.newPage();
  await page.addInitScript(() => {
    const found = {};
    const painted = (name) => requestAnimationFrame(() => setTimeout(() => { found[name] ??= performance.now(); }));
    const look = () => {
      if (!found.queue && document.querySelector(".queue .line, .queue .nothing") && window.vigil?.store.epoch) painted("queue");
      const line = document.querySelector("#command");
      if (line && !line.value && !found.typed) {
        line.focus();
        document.execCommand("insertText", false, "a"); // through the browser's own editing, as a key goes
        if (line.value === "a") painted("typed");
      }
      if (found.queue && found.typed) return;
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
    Object.assign(window, { found });
  });
  await page.goto(url + path, { waitUntil: "commit" });
  await page.waitForFunction(() => window.found.queue && window.found.typed && document.querySelector("#command").value.startsWith("a"));
  const figures = await page.evaluate(() => {
    const usable = Math.max(window.found.queue, window.found.typed);
    const [navigation] = performance.getEntriesByType("navigation");
    const fetched = performance.getEntriesByType("resource").filter((one) => one.responseEnd <= usable);
    return {
      usable, queue: window.found.queue, typed: window.found.typed, html: navigation.responseEnd,
      scripts_here: Math.max(...fetched.filter(({ name }) => name.endsWith(".js")).map((one) => one.responseEnd)),
      kilobytes: (navigation.transferSize + fetched.reduce((sum, one) => sum + one.transferSize, 0)) / 1000,
      requests: fetched.length + 1,
      steps: Object.fromEntries(fetched.filter(({ name }) => name.includes("/api/")).map((one) => [new URL(one.name).pathname, [Math.round(one.startTime), Math.round(one.responseEnd)]])),
    };
  });
  await context.close();
  return figures;
}

await once(); // the browser's own first page is not the desk's affair
const runs = [];
while (runs.length < Number(times)) runs.push(await once());
await browser.close();
const of = (name) => {
  const sorted = runs.map((run) => run[name]).sort((a, b) => a - b);
  const at = (share) => Math.round(sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]);
  return { p50: at(0.5), p95: at(0.95), max: at(1) };
};
const names = ["usable", "queue", "typed", "html", "scripts_here", "kilobytes", "requests"];
console.log(JSON.stringify({ path, n: runs.length, ...Object.fromEntries(names.map((name) => [name, of(name)])), last: runs.at(-1).steps }));
