/** The crew's phone as a thing: what it keeps, what it tells of where it is, whether everybody can use it, and that it installs. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";

import { callsign, crewRoom, next, onDisk, order, pages, phone, station, town } from "./crew_room";
import { breaches, openPage } from "./desk";
import { ourUrl } from "./ours";
import type { Place } from "./town";

const url = ourUrl();
crewRoom();

test("what the phone keeps is the crew's own, and gone with the sign-out, which is asked for once", async () => {
  const page = await phone({ signIn: "own" });
  await expect.poll(async () => (await onDisk(page)).map((one) => one.name), { timeout: 10_000 }).toEqual(["last"]);
  const asked: string[] = [];
  page.on("request", (request) => request.url().endsWith("/logout") && asked.push(request.method()));
  await page.click(".head-line .quiet");
  // A change of a row as somebody leaves: what is about to be written must not come back.
  await town.ask("POST", "/pings", [{ callsign, at: new Date().toISOString(), ...station }]);
  await page.click('button:has-text("Sign out")');
  await page.waitForSelector("[name=password]");
  await page.waitForTimeout(1_500);
  expect([asked, await onDisk(page)]).toEqual([["POST"], []]);
});

test("whoever of the desk looks at the crew's page leaves nothing of the city in the browser", async () => {
  await town.incident("who rang from 0900 000 001");
  const page = await openPage(url, "dispatcher", { path: "/crew", ready: ".phone" });
  pages.push(page);
  await page.waitForTimeout(2_000);
  expect(await onDisk(page)).toEqual([]);
});

test("the phone tells where it is, once the crew allowed it", async () => {
  const page = await phone();
  const [lat, lon] = [station.lat + 0.0001, station.lon]; // a few steps on: a leap would not be believed
  await page.context().grantPermissions(["geolocation"]);
  await page.context().setGeolocation({ latitude: lat, longitude: lon, accuracy: 8 });
  await page.click('button:has-text("More")');
  await page.click('button:has-text("Send my position")');
  await page.waitForSelector('.whereabouts:has-text("being sent")');
  await expect.poll(async () => {
    const units = (await town.ask("GET", "/units")) as { callsign: string; position: Place }[];
    return units.find((one) => one.callsign === callsign)!.position.lat.toFixed(5);
  }, { timeout: 10_000 }).toBe(lat.toFixed(5));
});

test.each([["vi", "day"], ["en", "night"]] as const)("every part is free of accessibility faults, with targets of 56 px, in %s by %s", async (language, light) => {
  const page = await phone({ language });
  await page.evaluate((chosen) => localStorage.setItem("vigil.crew.light", chosen), light);
  await page.reload();
  await page.waitForSelector(".lamp.live");
  expect(await breaches(page)).toEqual([]);
  await order("té cầu thang", ["accepted", "en_route", "on_scene"]);
  await page.waitForSelector(".next-button");
  await page.click(".head-line .quiet");
  for (const part of [0, 1, 2, 3]) {
    await page.locator(".parts button").nth(part).click();
    if (part === 3) await page.locator(".pre-alert-form summary").click();
    await page.waitForTimeout(600);
    expect(await breaches(page), `part ${part}`).toEqual([]);
    const small = await page.evaluate(() => [...document.querySelectorAll(".phone button, .phone input, .phone summary, .phone .big-link")]
      .filter((one) => one.getClientRects().length > 0 && Math.min(one.getBoundingClientRect().height, one.getBoundingClientRect().width) < 55.5)
      .map((one) => `${one.className} ${one.textContent}`));
    expect(small, `part ${part}`).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  }
  await page.click(".other-button");
  expect(await breaches(page)).toEqual([]);
});

test("the page is installable: a manifest with icons, and a worker that keeps every file of it", async () => {
  const page = await phone();
  const manifest = await (await fetch(`${url}/crew.webmanifest`)).json();
  expect([manifest.start_url, manifest.display]).toEqual(["/crew", "standalone"]);
  for (const icon of manifest.icons) expect((await fetch(url + icon.src)).headers.get("content-type")).toBe("image/png");
  const kept = await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    const names = await caches.keys();
    const cache = await caches.open(names.find((name) => name.startsWith("/crew#"))!);
    return (await cache.keys()).map((request) => new URL(request.url).pathname);
  });
  expect(kept).toContain("/crew");
  expect(kept.some((name) => /\/assets\/Road-/.test(name))).toBe(true);
  expect(kept.some((name) => /Map/.test(name))).toBe(false); // no map for a phone
});
