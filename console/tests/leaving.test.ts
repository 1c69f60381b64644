/** A logout is told to the other windows, and not to the one it came from, which has its own way out. */
import { BroadcastChannel } from "node:worker_threads";
import { expect, test, vi } from "vitest";

vi.stubGlobal("BroadcastChannel", BroadcastChannel);

test("the window that signs out does not hear of it as if another had", async () => {
  const { tellOtherWindows, whenOthersLeave } = await import("../src/gate/leaving");
  const here = vi.fn();
  whenOthersLeave(here);
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
