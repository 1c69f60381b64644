/** The worker that keeps a page: a new one is shown only when it would not stay white. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const SOURCE = readFileSync("src/offline/worker.js", "utf8").replace('{ path: "", version: "", files: [] }',
  '{ path: "/crew", version: "old", files: ["/crew", "/assets/old.js"] }');
const NEW_PAGE = '<script type="module" src="/assets/new.js"></script><link rel="stylesheet" href="/assets/new.css">';

/** What is shown of /crew, with these files on the server and those kept. */
async function shown(server: Record<string, string>, kept: Record<string, string>): Promise<string> {
  const heard: Record<string, (event: object) => void> = {};
  const path = (asked: string | { url: string }) => (typeof asked === "string" ? asked : new URL(asked.url).pathname);
  const caches = { match: async (asked: string) => (asked in kept ? new Response(kept[asked]) : undefined) };
  const fetching = async (asked: string | { url: string }) =>
    path(asked) in server ? new Response(server[path(asked)]) : new Response("", { status: 404 });
  const location = { origin: "https://vigil.test" };
  new Function("addEventListener", "caches", "fetch", "location", SOURCE)(
    (kind: string, does: (event: object) => void) => { heard[kind] = does; }, caches, fetching, location);
  const answer = await new Promise<Response>((respondWith) => heard.fetch!(
    { request: { url: "https://vigil.test/crew", method: "GET", mode: "navigate" }, respondWith }));
  return answer.text();
}

const kept = { "/crew": "the old page", "/assets/old.js": "" };

test("a new page with all it begins with is shown", async () => {
  expect(await shown({ "/crew": NEW_PAGE, "/assets/new.js": "", "/assets/new.css": "" }, kept)).toBe(NEW_PAGE);
});

test("a new page whose script or style does not come leaves the one that is kept", async () => {
  expect(await shown({ "/crew": NEW_PAGE, "/assets/new.css": "" }, kept)).toBe("the old page");
  expect(await shown({ "/crew": NEW_PAGE, "/assets/new.js": "" }, kept)).toBe("the old page");
});

test("what is kept need not come again, and without a kept page the new one is shown as it is", async () => {
  expect(await shown({ "/crew": '<script src="/assets/old.js"></script>' }, kept)).toContain("old.js");
  expect(await shown({ "/crew": NEW_PAGE }, {})).toBe(NEW_PAGE);
});
