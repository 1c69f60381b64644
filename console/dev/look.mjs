/**
 * A developer's quick look: serves `dist/` in headless Chromium with a small made-up feed and takes pictures.
 *   npm run build && node dev/look.mjs OUT_FOLDER [width height language]
 */
import { readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { chromium } from "playwright-core";

const [out, width = "1920", height = "1080", language = "vi"] = process.argv.slice(2);
const dist = new URL("../dist/", import.meta.url).pathname;
const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".woff2": "font/woff2" };
const ago = (seconds) => new Date(Date.now() - seconds * 1000).toISOString();
const pick = (list, i) => list[i % list.length];

const statuses = ["AV", "AV", "AV", "AV", "DP", "EN", "AV", "SC", "TR", "HP", "NS", "AV"];
const units = Array.from({ length: 60 }, (_, i) => ({
  id: `u${i}`, unit_id: `u${i}`, callsign: `${pick("CTM", i)}${i + 1}`, kind: i % 3 === 2 ? "motorbike" : "van",
  capabilities: [i % 3 === 0 ? "ALS" : "BLS"], station_id: `s${i % 8}`, duty: "on_duty", status: pick(statuses, i), since: ago(40 + i * 37),
  run_id: "DP EN SC TR HP".includes(pick(statuses, i)) ? `r${i}` : null, incident_id: pick(statuses, i) === "EN" ? "i4" : null,
  incident_number: pick(statuses, i) === "EN" ? 417 : null, hospital_id: null, reason: null,
  position: { lat: 10.72 + ((i * 37) % 100) / 800, lon: 106.62 + ((i * 61) % 100) / 700, heading_deg: null, speed_mps: 4, at: ago(i === 7 ? 60 : i === 11 ? 400 : 2), age_s: 2, stale: false },
  seq: 10,
}));
const complaints = ["Khó thở nặng", "Ngừng tuần hoàn", "Tai nạn giao thông, 2 nạn nhân, một người kẹt dưới xe tải", "Sốt cao co giật, trẻ 3 tuổi", "Đột quỵ, méo miệng", "Té cao 3 m"];
const incidents = complaints.map((complaint, i) => ({
  id: `i${i}`, number: 413 + i, priority: pick(["P1", "P1", "P2", "P3", "P1", "P2"], i), determinant: "RESP-1", position: { lat: 10.75 + i / 90, lon: 106.66 + ((i * 7) % 5) / 60 },
  address: pick(["114 Cách Mạng Tháng Tám, Q.3", "23 Nguyễn Trãi, Q.5", "Ngã tư Hàng Xanh, Bình Thạnh"], i), complaint, patients: 1 + (i % 2), needs: { capabilities: ["ALS", "transport"], bed_kind: "EmergencyDepartment" },
  status: i < 3 ? "waiting" : "en_route", opened_at: ago(160 - i * 20), waiting_since: i < 3 ? ago(151 - i * 60) : null, call_ids: ["c0"],
  runs: i < 3 ? [] : [{ run_id: `r${i}`, callsign: `T${36 + i}`, status: "en_route", hospital_id: "h0", assigned_at: ago(90), eta_at: ago(-200) }], closed_at: null, closed_reason: null, seq: 10,
}));
const hospitals = ["Bệnh viện Chợ Rẫy", "Nhi Đồng 1", "Nhân dân Gia Định", "Nhân dân 115", "Thống Nhất", "TP Thủ Đức", "FV Quận 7", "Bình Dân", "Từ Dũ", "Hùng Vương", "Quân y 175", "Bệnh Nhiệt đới"].map((name, i) => ({
  id: `h${i}`, code: pick(["CR", "ND1", "GD", "115", "TN", "TD", "FV", "BD", "TU", "HV", "175", "ND"], i), name, name_en: name, position: { lat: 10.74 + i / 100, lon: 106.65 + ((i * 5) % 8) / 80 }, specialities: ["trauma"],
  diversion: i === 4 ? { reason: "Quá tải", services: [], until: ago(-3600), since: ago(600) } : null,
  beds: Object.fromEntries(["EmergencyDepartment", "AdultICU", "OperatingRooms"].map((kind, k) => [kind, { staffed: [30, 10, 4][k], occupied: [24 - i, 6 + (i % 5), 1][k], blocked: 0, held: k === 0 ? 1 : 0, free: [6 + i - 1, 4 - (i % 5), 3][k], reported_at: ago(200 + i * 800), reported_by: "hospital" }])),
  inbound: i < 2 ? [{ run_id: "r3", callsign: "T39", incident_id: "i3", incident_number: 416, bed_kind: "EmergencyDepartment", hold_until: ago(-1200) }] : [], seq: 10,
}));
const calls = [{ id: "c9", number: 88, phone: "0903 555 123", caller_name: "Chị Lan", address: "7 Hậu Giang, Q.6", complaint: "Đau ngực", position: null, status: "open", priority: null, determinant: null, incident_id: null, received_at: ago(75), seq: 9 }];
const runs = [{ id: "r3", incident_id: "i3", incident_number: 416, callsign: "T39", unit_id: "u3", hospital_id: "h0", bed_kind: "EmergencyDepartment", decision_id: "d", override_reason: null, milestones: { assigned: ago(90), accepted: ago(80), en_route: ago(60) }, status: "en_route", seq: 10 }];
const p = (P1, P2, P3, P4) => ({ P1, P2, P3, P4 });
const words = (vi, en) => ({ vi, en });
const answers = {
  "GET /me": { username: "disp1", role: "dispatcher", hospital_id: null, callsign: null },
  "GET /city": { id: "hcmc", name: words("Thành phố Hồ Chí Minh", "Ho Chi Minh City"), emergency_number: "115", timezone: "Asia/Ho_Chi_Minh", languages: ["vi", "en"], centre: { lat: 10.78, lon: 106.69 }, demo: true,
    map: { name: "Bản đồ vẽ thử", version: "m1", kind: "drawn", bounds: [106.6, 10.7, 106.8, 10.88], attribution: "© OpenStreetMap contributors", basemap_url: null },
    targets: { response_s: p(480, 900, 1800, 3600), queue_amber_s: p(60, 120, 300, 900), queue_red_s: p(120, 300, 600, 1800), unit_position_amber_s: 30, unit_position_stale_s: 120, bed_age_amber_s: 3600, bed_age_red_s: 7200 },
    bed_kinds: [["EmergencyDepartment", "Cấp cứu", "Emergency department"], ["AdultICU", "Hồi sức tích cực", "Intensive care"], ["OperatingRooms", "Phòng mổ", "Operating rooms"]].map(([kind, vi, en]) => ({ kind, vi, en })),
    stations: Array.from({ length: 8 }, (_, i) => ({ id: `s${i}`, name: `Trạm vệ tinh ${i + 1}`, lat: 10.7, lon: 106.7 })) },
  "GET /snapshot": { seq: 31, epoch: "e", now: ago(0), units, incidents, hospitals, calls, runs },
  "GET /protocols": [{ id: "chest", version: "1", title: words("Đau ngực", "Chest pain"), questions: [{ id: "q1", text: words("Tỉnh táo không?", "Awake?"), answers: [{ value: "yes", text: words("Có", "Yes") }, { value: "no", text: words("Không", "No") }] }, { id: "q2", text: words("Thở bình thường không?", "Breathing normally?"), answers: [{ value: "yes", text: words("Có", "Yes") }, { value: "no", text: words("Không", "No") }] }] }],
  recommendation: { decision_id: "d1", map_version: "m1", traffic_version: "t0",
    units: [0, 3, 6, 1, 12].map((i, k) => ({ unit_id: `u${i}`, callsign: units[i].callsign, eta_s: 242 + k * 95, distance_m: 1400 + k * 700, score: 302, parts: { travel: 242 + k * 95, turnout: 60 }, reasons: [words(`${1.4 + k} km đường bộ`, `${1.4 + k} km by road`), words("xuất phát 60 giây", "turnout 60 s")] })),
    rejected: [{ callsign: "T5", reason: "on incident 417", reason_vi: "đang phục vụ vụ 417" }, { callsign: "M3", reason: "cannot carry a patient", reason_vi: "không chở được bệnh nhân" }],
    hospitals: [0, 3, 5].map((i, k) => ({ hospital_id: `h${i}`, eta_s: 410 + k * 100, bed_kind: "EmergencyDepartment", free: 6, parts: { travel: 410 + k * 100, data_age: k * 120 }, reasons: [] })) },
  timeline: [{ seq: 2, at: ago(150), recorded_at: ago(150), topic: "Call.Received", actor: "ct2", text: words("Tiếp nhận: khó thở nặng, ông 61 tuổi", "Call received: severe dyspnoea"), data: {} }, { seq: 3, at: ago(120), recorded_at: ago(120), topic: "Incident.Opened", actor: "ct2", text: words("Mở vụ #413, P1", "Opened #413, P1"), data: {} }],
};

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--enable-unsafe-swiftshader", "--disable-background-networking"] });
const page = await browser.newPage({ viewport: { width: +width, height: +height } });
page.on("console", (message) => message.type() === "error" && console.log("console:", message.text()));
page.on("pageerror", (error) => console.log("page error:", error.message));
await page.addInitScript((chosen) => localStorage.setItem("vigil.language", chosen), language);
await page.route("**/*", async (route) => {
  const url = new URL(route.request().url());
  if (url.pathname.startsWith("/api/v1")) {
    const path = url.pathname.slice(7);
    const body = answers[`${route.request().method()} ${path}`] ?? answers[path.split("/").at(-1)] ?? { seq: 31, id: "x", nearby: [] };
    return route.fulfill({ json: path === "/me" && page.loggedOut ? undefined : body, status: page.loggedOut && path === "/me" ? 401 : 200 });
  }
  const name = url.pathname === "/" ? "index.html" : url.pathname === "/hospital" ? "hospital.html" : url.pathname;
  try {
    await route.fulfill({ body: readFileSync(join(dist, name)), contentType: types[extname(name)] ?? "application/octet-stream" });
  } catch {
    await route.fulfill({ status: 404 });
  }
});
await page.routeWebSocket("**/api/v1/live*", (socket) => {
  socket.send(JSON.stringify({ type: "hello", seq: 31, epoch: "e", now: ago(0) }));
  setInterval(() => socket.send(JSON.stringify({ type: "heartbeat", seq: 31, now: ago(0) })), 1500);
});
const shot = async (name) => { await page.waitForTimeout(400); await page.screenshot({ path: join(out, `${name}-${width}-${language}.png`), fullPage: +width < 1000 }); };
await page.goto("http://vigil.test/");
await page.waitForSelector(".queue .line");
await page.locator(".queue .line").nth(1).click();
await page.waitForTimeout(1500);
await shot("console");
await page.locator(".queue .line").last().click();
await page.locator(".queue .line.call-line").click();
await page.locator(".choice-row").nth(2).click();
await shot("assess");
answers["GET /me"] = { ...answers["GET /me"], role: "hospital", hospital_id: "h0" };
await page.goto("http://vigil.test/hospital");
await page.waitForSelector(".bed-card");
await page.locator(".stepper").nth(1).click();
await shot("hospital");
page.loggedOut = true;
await page.goto("http://vigil.test/");
await page.waitForSelector(".login-card");
await shot("login");
await browser.close();
process.exit(0);
