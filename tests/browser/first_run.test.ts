/** From an empty folder to the first dispatch, through the pages alone, as somebody does who has never seen Vigil. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";

import { breaches, closeBrowser, expectNoFaults, openBrowser, openPage } from "./desk";
import { drawnTown } from "./drawn_town";
import { openSetUp, type SetUpMachine } from "./empty_machine";

const STARTS_WITHIN_MS = 240_000;
const PASSWORD = "a good password";
let machine: SetUpMachine;
let url: string;

beforeAll(async () => {
  await openBrowser();
  machine = await openSetUp();
  url = machine.url;
}, STARTS_WITHIN_MS);

afterAll(async () => {
  await closeBrowser();
  await machine.close();
});

test("without the key of the terminal the page opens nothing", async () => {
  const page = await openPage(url, "", { path: "/", signIn: "none", language: "vi" });
  await page.waitForSelector("text=Hãy mở đúng địa chỉ");
  expect(await page.locator(".setup-step").count()).toBe(0);
  expect(await breaches(page)).toEqual([]);
  await page.context().close();
});

test("a new user goes from an empty machine to the first dispatch", async () => {
  const page = await openPage(url, "", { path: `/setup#${machine.key}`, signIn: "none", language: "vi" });
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
  await page.waitForSelector("text=Không nạp được broken.osm: Không đọc được broken.osm: tệp bị hỏng", { timeout: STARTS_WITHIN_MS });

  // The town lies in a bigger map, with a hospital far outside: only its own part is wanted.
  const cutOut = async (middle: string) => {
    await page.getByLabel("Chọn tệp").setInputFiles({ name: "bigger.osm", mimeType: "text/xml", buffer: Buffer.from(drawnTown("bigger")) });
    if (!(await page.getByLabel("Tâm vùng").isVisible())) await page.click("summary:has-text('Cắt lấy một vùng')");
    await page.getByLabel("Tâm vùng").fill(middle);
    await page.getByLabel("Bán kính").fill("3");
    await page.click(".setup-form .setup-go");
  };
  await cutOut("10.30, 106.20");
  await page.waitForSelector("text=bigger.osm không có đường nào trong vùng", { timeout: STARTS_WITHIN_MS });
  await cutOut("10.7468, 106.6531");
  await page.waitForSelector("text=2 bệnh viện có tên", { timeout: STARTS_WITHIN_MS });

  await page.reload(); // whoever comes back goes on where the step was left
  await page.waitForSelector("text=3. Bệnh viện");
  await page.getByLabel("Giường cấp cứu").first().fill("12");
  await page.locator(".setup-ticks summary").first().click();
  await page.locator(".setup-ticks").first().getByLabel("Bỏng").check(); // what was guessed from the name is corrected
  expect(await page.locator(".setup-ticks summary").first().textContent()).toContain("Bỏng");
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

  // Nobody is on duty yet: the desk says so, and one press brings those who are there.
  await page.waitForSelector("text=Chưa có xe nào vào trực", { timeout: STARTS_WITHIN_MS });
  expect(await breaches(page)).toEqual([]);
  await page.locator(".sign-on button").click();
  await page.waitForSelector("text=Chưa có xe nào vào trực", { state: "detached" });
  await expect.poll(() => page.locator(".unit-line .code-tag.NS").count()).toBe(0);
  expect(await page.locator(".unit-line .code-tag.AV").count()).toBeGreaterThan(0);
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
