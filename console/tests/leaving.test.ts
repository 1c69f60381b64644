/** A logout is told to the other windows, and not to the one it came from, which has its own way out. */
import { BroadcastChannel } from "node:worker_threads";
import { expect, test, vi } from "vitest";

vi.stubGlobal("BroadcastChannel", BroadcastChannel);

test("the window that signs out does not hear of it as if another had", async () => {
  const { tellOtherWindows, whenOthers } = await import("../src/gate/leaving");
  const here = vi.fn();
  whenOthers({ leave: here, sits: () => undefined });
  const elsewhere = new BroadcastChannel("vigil.session");
  const heard = new Promise((done) => { elsewhere.onmessage = done; });
  tellOtherWindows();
  await heard;
  await new Promise((done) => setTimeout(done, 50));
  expect(here).not.toHaveBeenCalled();
  elsewhere.postMessage("left");
  await vi.waitFor(() => expect(here).toHaveBeenCalledTimes(1));
  elsewhere.close();
});

test("a page that the browser brings back from its memory shows nothing and is asked for anew", async () => {
  const { nothingFromMemory } = await import("../src/gate/leaving");
  const reload = vi.fn();
  vi.stubGlobal("location", { ...location, reload });
  nothingFromMemory();
  const passes = (name: string, persisted: boolean) => dispatchEvent(new PageTransitionEvent(name, { persisted }));
  passes("pagehide", false);
  passes("pageshow", false);
  expect([document.documentElement.hidden, reload.mock.calls.length]).toEqual([false, 0]);
  passes("pagehide", true);
  expect(document.documentElement.hidden).toBe(true);
  passes("pageshow", true);
  expect(reload).toHaveBeenCalledTimes(1);
});
