/** From an empty folder to the first dispatch, through the pages alone, as somebody does who has never seen Vigil. */
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer } from "node:net";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";

import { breaches, closeBrowser, expectNoFaults, openBrowser, openPage } from "./desk";
import { ROOT } from "./server";

const STARTS_WITHIN_MS = 240_000;
const PASSWORD = "a good password";
let folder: string;
let port: number;
let url: string;
let child: ChildProcess;
let said = "";

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "vigil-first-"));
  writeFileSync(join(folder, "town.osm"), drawnTown());
  port = await freePort();
  url = `http://127.0.0.1:${port}`;
  child = spawn(join(ROOT, ".venv/bin/vigil"), ["up", "--data", join(folder, "data"), "--port", String(port)], { cwd: ROOT });
  child.stdout?.on("data", (words) => { said += String(words); });
  child.stderr?.on("data", (words) => { said += String(words); });
  await openBrowser();
  await until(async () => /\/setup#\S+/.test(said));
}, STARTS_WITHIN_MS);

afterAll(async () => {
  await closeBrowser();
  child.kill("SIGTERM");
  await new Promise((done) => child.once("exit", done));
  rmSync(folder, { recursive: true, force: true });
});

test("without the key of the terminal the page opens nothing", async () => {
  const page = await openPage(url, "", { path: "/", signIn: "none", language: "vi" });
  await page.waitForSelector("text=Hãy mở đúng địa chỉ");
  expect(await page.locator(".setup-step").count()).toBe(0);
  expect(await breaches(page)).toEqual([]);
  await page.context().close();
});

test("a new user goes from an empty machine to the first dispatch", async () => {
  const page = await openPage(url, "", { path: `/setup#${/\/setup#(\S+)/.exec(said)![1]}`, signIn: "none", language: "vi" });
  await page.waitForSelector(".setup-step");
  expect(new URL(page.url()).hash).toBe(""); // the key stays in no history

  await page.getByLabel("Thành phố khác").check();
  await page.getByLabel("Tên tiếng Việt").fill("Thị trấn Thử");
  expect(await page.getByLabel("Tên ngắn").inputValue()).toBe("thi-tran-thu");
  expect(await breaches(page)).toEqual([]);
  await go(page);
  await page.waitForSelector("text=tiếng Việt và tiếng Anh"); // the English name is missing: said, and nothing lost
  await page.getByLabel("Tên tiếng Anh").fill("Trial Town");
  await go(page);

  await page.getByLabel("Chọn tệp").setInputFiles({ name: "broken.osm", mimeType: "text/xml", buffer: Buffer.from("<osm") });
  await page.click(".setup-form .setup-go");
  await page.waitForSelector("text=Không nạp được broken.osm", { timeout: STARTS_WITHIN_MS });
  await page.getByLabel("Chọn tệp").setInputFiles(join(folder, "town.osm"));
  await page.click(".setup-form .setup-go");
  await page.waitForSelector("text=2 bệnh viện có tên", { timeout: STARTS_WITHIN_MS });

  await page.reload(); // whoever comes back goes on where the step was left
  await page.waitForSelector("text=3. Bệnh viện");
  await page.getByLabel("Giường cấp cứu").first().fill("12");
  expect(await breaches(page)).toEqual([]);
  await go(page);
  await page.waitForSelector("text=4. Trạm và xe");
  await go(page);

  await page.waitForSelector("text=5. Tài khoản");
  for (const [role, name] of [["quản trị", "chi"], ["điều phối viên", "lan"]]) {
    await page.getByLabel("Vai trò").selectOption({ label: await optionLike(page, role!) });
    await page.getByLabel("Tên đăng nhập").fill(name!);
    await page.getByLabel("Mật khẩu").fill(PASSWORD);
    await page.click(".setup-user .setup-go");
    await page.waitForSelector(`.setup-users >> text=${name}`);
  }
  expect(await breaches(page)).toEqual([]);
  await page.locator(".setup-step > .setup-go").click();
  await page.click("text=Bắt đầu diễn tập");

  await page.waitForSelector("[name=username]", { timeout: STARTS_WITHIN_MS });
  await page.goto(`${url}/?nomap=1`);
  await page.fill("[name=username]", "lan");
  await page.fill("[name=password]", PASSWORD);
  await page.keyboard.press("Enter");
  await page.waitForSelector(".lamp.live");
  await page.waitForSelector("text=DIỄN TẬP");
  expect(await breaches(page)).toEqual([]);
  await firstDispatch(page);

  await page.click("text=Kết thúc diễn tập");
  await page.click("text=Vào trực thật");
  await page.waitForSelector("text=DIỄN TẬP", { state: "detached", timeout: STARTS_WITHIN_MS });
  await page.waitForSelector(".lamp.live");
  expect(await page.locator(".line").count()).toBe(0); // nothing of the drill is left
  expectNoFaults();
}, 3 * STARTS_WITHIN_MS);

/** A call is taken and its place known; the first unit of the list is sent. */
async function firstDispatch(page: Page): Promise<void> {
  await page.fill("#phone", "0900000001");
  await page.locator(".fields").getByLabel("Vị trí (vĩ độ, kinh độ)").fill("10.7475, 106.6535");
  await page.locator(".fields").getByLabel("Lý do gọi").fill("Khó thở");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".triage .question");
  await page.locator(".triage .question input").first().press("Space");
  await page.waitForSelector(".determinant");
  await page.locator(".choice .segment.P1 input").press("Space");
  await page.locator(".finish button.primary").press("Enter");
  await page.waitForSelector(".choice-row .callsign");
  const callsign = await page.locator(".choice-row.on .callsign").textContent();
  await page.locator("button.send").press("Enter");
  await page.waitForSelector(`.run[aria-label="${callsign}"]`);
}

async function go(page: Page): Promise<void> {
  await page.locator(".setup-step .setup-go").first().click();
}

async function optionLike(page: Page, words: string): Promise<string> {
  const labels = await page.getByLabel("Vai trò").locator("option").allTextContents();
  return labels.find((label) => label.startsWith(words)) ?? labels[0]!;
}

async function until(so: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + STARTS_WITHIN_MS;
  while (Date.now() < end) {
    if (child.exitCode !== null) throw new Error(`vigil up ended with ${child.exitCode}:\n${said}`);
    if (await so()) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(said);
}

/** Eight by eight streets of a hundred metres, with two hospitals, as OpenStreetMap writes them. */
function drawnTown(): string {
  const side = 8, id = (row: number, column: number) => row * side + column + 1;
  const each = [...Array(side).keys()];
  const nodes = each.flatMap((row) => each.map((column) =>
    `<node id="${id(row, column)}" version="1" lat="${(10.75 - row * 0.0009).toFixed(6)}" lon="${(106.65 + column * 0.0009).toFixed(6)}"/>`));
  const way = (number: number, name: string, refs: number[]) =>
    `<way id="${number}" version="1">${refs.map((ref) => `<nd ref="${ref}"/>`).join("")}<tag k="highway" v="residential"/><tag k="name" v="${name}"/></way>`;
  const ways = [ // in the order of their numbers, as such files are
    ...each.map((line) => way(1000 + line, `Đường số ${line + 1}`, each.map((column) => id(line, column)))),
    ...each.map((line) => way(2000 + line, `Phố ${line + 1}`, each.map((row) => id(row, line)))),
  ];
  const hospital = (number: number, lat: number, lon: number, name: string) =>
    `<node id="${number}" version="1" lat="${lat}" lon="${lon}"><tag k="amenity" v="hospital"/><tag k="name" v="${name}"/></node>`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<osm version="0.6">${nodes.join("")}${
    hospital(9001, 10.7491, 106.6509, "Bệnh viện Đa khoa Thử")}${hospital(9002, 10.7455, 106.6545, "Bệnh viện Nhi Thử")}${ways.join("")}</osm>`;
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once("error", fail);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === "object" ? done(address.port) : fail(new Error("no port"))));
    });
  });
}
