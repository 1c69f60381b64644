/**
 * A developer's quick look at a running demo: takes pictures of each screen.
 *   node dev/look.mjs URL OUT_FOLDER [width height language]
 */
import { join } from "node:path";
import { chromium } from "playwright-core";

const [url, out, width = "1920", height = "1080", language = "vi"] = process.argv.slice(2);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--enable-unsafe-swiftshader", "--disable-background-networking"],
});

async function open(user, path) {
  const page = await (await browser.newContext({ viewport: { width: +width, height: +height } })).newPage();
  page.on("console", (message) => message.type() === "error" && console.log("console:", message.text()));
  page.on("pageerror", (error) => console.log("page error:", error.message));
  page.on("request", (request) => request.url().startsWith(url) || request.url().startsWith("blob:") || request.url().startsWith("data:") || console.log("foreign:", request.url()));
  await page.addInitScript((chosen) => localStorage.setItem("vigil.language", chosen), language);
  await page.goto(url + path);
  await page.waitForSelector(".login-card");
  if (user === "dispatcher") await shot(page, "login");
  await page.fill("[name=username]", user);
  await page.fill("[name=password]", "demo");
  await page.click("button.primary");
  return page;
}

async function shot(page, name) {
  await page.waitForTimeout(500);
  await page.screenshot({ path: join(out, `${name}-${width}-${language}.png`) });
}

const desk = await open("dispatcher", "/");
await desk.waitForSelector(".hospital-card");
await desk.waitForTimeout(6000);
await desk.locator(".queue .line:not(.call-line)").first().click({ timeout: 5000 }).catch(() => console.log("no incident"));
await desk.waitForSelector(".choice-row").catch(() => console.log("no advice"));
await shot(desk, "console");
await desk.locator(".queue .line:not(.call-line)").last().click();
await desk.locator(".queue .call-line").first().click({ timeout: 3000 }).catch(() => console.log("no open call"));
await shot(desk, "assess");
const ward = await open("hospital", "/hospital");
await ward.waitForSelector(".bed-card");
await ward.locator(".stepper").nth(1).click();
await shot(ward, "hospital");
await browser.close();
process.exit(0);
