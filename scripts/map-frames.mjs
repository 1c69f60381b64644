/**
 * How smoothly the map carries a fleet: the built console, its real feed, and 2,000 units put into that feed at 1 Hz.
 *
 *   vigil up --demo --no-demo-driver --city demo --port 8931 &
 *   node scripts/map-frames.mjs http://127.0.0.1:8931 [units] [seconds]
 *
 * Prints one JSON line: frames a second, the frame times in ms, what painting the overlay took in ms (all by the clock on the wall, so a
 * busy machine shows), and the processor time of the page's scripts, ms a second (which a busy machine does not change).
 */
import { chromium } from "../console/node_modules/playwright-core/index.mjs";

const [url = "http://127.0.0.1:8115", units = "2000", seconds = "30"] = process.argv.slice(2);
const COUNT = Number(units);
const STATUSES = ["AV", "DP", "EN", "SC", "TR", "HP", "NS"];

const answer = await fetch(`${url}/api/v1/login`, {
  method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ username: "dispatcher", password: "demo" }),
});
const { token } = await answer.json();
const ask = async (path) => (await fetch(`${url}/api/v1${path}`, { headers: { Authorization: `Bearer ${token}` } })).json();
const [city, [pattern]] = await Promise.all([ask("/city"), ask("/units")]);
const [west, south, east, north] = city.map.bounds;

const fleet = Array.from({ length: COUNT }, (_, index) => ({
  callsign: `Z${index}`, lat: south + (north - south) * Math.random(), lon: west + (east - west) * Math.random(),
  heading: Math.random() * 360, speed: 4 + Math.random() * 12, status: STATUSES[index % STATUSES.length],
}));

function driveOn(unit) {
  if (Math.random() < 0.1) unit.heading = Math.random() * 360;
  const turn = (unit.heading * Math.PI) / 180;
  unit.lat += (unit.speed * Math.cos(turn)) / 111195;
  unit.lon += (unit.speed * Math.sin(turn)) / 111195;
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--enable-unsafe-swiftshader", "--disable-background-networking"],
});
const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
await context.addCookies([{ name: "vigil_session", value: token, url, httpOnly: true, sameSite: "Strict" }]);
const page = await context.newPage();
let feed = null;
await page.routeWebSocket(/\/api\/v1\/live/, (socket) => {
  const server = socket.connectToServer();
  server.onMessage((message) => socket.send(message));
  feed = socket;
});
// The overlay's clearRect begins a frame of it, the next task ends it.
await page.addInitScript(() => {
  const painted = [];
  Object.assign(window, { painted });
  const clear = CanvasRenderingContext2D.prototype.clearRect;
  CanvasRenderingContext2D.prototype.clearRect = function (...box) {
    if (this.canvas.className === "overlay") {
      const began = performance.now();
      queueMicrotask(() => painted.push(performance.now() - began));
    }
    return clear.apply(this, box);
  };
});
await page.goto(url);
await page.waitForSelector(".lamp.live");
await page.waitForSelector(".map .maplibregl-canvas");
await page.waitForTimeout(3000);

const { seq } = await ask("/snapshot");
const rows = fleet.map((unit) => ({
  ...pattern, id: unit.callsign, unit_id: unit.callsign, callsign: unit.callsign, status: unit.status, position: null,
  run_id: null, incident_id: null, incident_number: null, seq,
}));
feed.send(JSON.stringify({ type: "rows", seq, rows: { units: rows } }));
const timer = setInterval(() => {
  const at = Date.now() / 1000;
  fleet.forEach(driveOn);
  feed.send(JSON.stringify({
    type: "positions", now: new Date().toISOString(),
    positions: fleet.map((unit) => [unit.callsign, unit.lat, unit.lon, unit.heading, unit.speed, at]),
  }));
}, 1000);
await page.waitForTimeout(5000);

const devtools = await context.newCDPSession(page);
await devtools.send("Performance.enable", { timeDomain: "threadTicks" });
const scripts = async () => (await devtools.send("Performance.getMetrics")).metrics.find(({ name }) => name === "ScriptDuration").value;
const before = await scripts();
const figures = await page.evaluate(async (ms) => {
  window.painted.length = 0;
  const frames = [];
  const until = performance.now() + ms;
  await new Promise((done) => {
    let last = performance.now();
    const next = (now) => {
      frames.push(now - last);
      last = now;
      if (now < until) requestAnimationFrame(next);
      else done();
    };
    requestAnimationFrame(next);
  });
  const share = (values, part) => Math.round([...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] * 10) / 10;
  return {
    frames_per_s: Math.round((frames.length / ms) * 10_000) / 10,
    frame_ms: { p50: share(frames, 0.5), p99: share(frames, 0.99) },
    paints_per_s: Math.round((window.painted.length / ms) * 10_000) / 10,
    paint_ms: { p50: share(window.painted, 0.5), p99: share(window.painted, 0.99) },
  };
}, Number(seconds) * 1000);
const script_ms_per_s = Math.round(((await scripts()) - before) * 1000 / Number(seconds));
clearInterval(timer);
console.log(JSON.stringify({ units: COUNT, seconds: Number(seconds), ...figures, script_ms_per_s }));
if (process.env.SHOT) await page.screenshot({ path: process.env.SHOT });
await browser.close();
