/** What a page notes of itself: keys until they are painted, frames, and the numbers of the feed. In bins, so that nothing grows. */
import type { Page } from "playwright-core";

export type Spread = { n: number; p50: number; p95: number; p99: number; max: number; over_50_ms: number };
export type Noted = { keys: Spread; frames: Spread; events: number; gaps: number; sockets: number };

/** Before the page loads. */
export async function watch(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const BINS = 4_000; // one a millisecond; what takes longer stands in the last
    const fresh = () => ({ bins: new Uint32Array(BINS), max: 0 });
    const noted = { keys: fresh(), frames: fresh(), events: 0, gaps: 0, sockets: 0, seq: 0 };
    Object.assign(window, { noted, anew: () => Object.assign(noted, { keys: fresh(), frames: fresh() }) });
    const note = (kind: "keys" | "frames", took: number) => {
      const found = noted[kind];
      const bin = Math.min(BINS - 1, Math.max(0, Math.round(took)));
      found.bins[bin] = found.bins[bin]! + 1;
      found.max = Math.max(found.max, took);
    };
    // From the moment the browser had the key, not from when the page came round to it, until after the frame that shows it.
    addEventListener("keydown", ({ timeStamp }) => requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => { note("keys", performance.now() - timeStamp); port1.close(); };
      port2.postMessage(null);
    }), { capture: true });
    let last = 0;
    const frame = (now: number) => {
      if (last) note("frames", now - last);
      last = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    const Plain = WebSocket;
    window.WebSocket = class extends Plain {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(url, protocols);
        noted.sockets += 1;
        this.addEventListener("message", ({ data }: MessageEvent<string>) => {
          if (!data.startsWith('{"type":"event"')) return;
          const number = (name: string) => Number(data.slice(data.indexOf(`"${name}":`) + name.length + 3).match(/^\d+/)?.[0]);
          const [prev, seq] = [number("prev"), number("seq")];
          if (seq <= noted.seq) return; // a new line begins a little before where the last one broke
          if (noted.seq && prev > noted.seq) noted.gaps += 1;
          noted.seq = seq;
          noted.events += 1;
        });
      }
    };
  });
}

/** Forgets the times up to now. */
export const anew = (page: Page): Promise<void> => page.evaluate(() => { (window as unknown as { anew: () => unknown }).anew(); });

export function noted(page: Page): Promise<Noted> {
  return page.evaluate(() => {
    type Found = { bins: Uint32Array; max: number };
    const { keys, frames, events, gaps, sockets } = (window as unknown as { noted: { keys: Found; frames: Found; events: number; gaps: number; sockets: number } }).noted;
    const spread = ({ bins, max }: Found) => {
      const n = bins.reduce((sum, count) => sum + count, 0);
      const at = (share: number) => {
        let left = Math.ceil(share * n);
        return bins.findIndex((count) => (left -= count) <= 0);
      };
      const over = bins.slice(51).reduce((sum, count) => sum + count, 0);
      return { n, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: Math.round(max), over_50_ms: n === 0 ? 0 : over / n };
    };
    return { keys: spread(keys), frames: spread(frames), events, gaps, sockets };
  });
}

export type Work = { main_thread: number; scripts: number; heap_mb: number };

/** Of one page by the browser's own books. */
export class Books {
  private constructor(private ask: (method: "HeapProfiler.collectGarbage" | "Performance.getMetrics") => Promise<unknown>) {}
  private before = { at: 0, tasks: 0, scripts: 0 };

  static async of(page: Page): Promise<Books> {
    const devtools = await page.context().newCDPSession(page);
    await devtools.send("Performance.enable", { timeDomain: "timeTicks" });
    return new Books((method) => devtools.send(method));
  }

  /** Megabytes that are held after everything else was thrown away. */
  async heap(): Promise<number> {
    await this.ask("HeapProfiler.collectGarbage");
    return (await this.metric("JSHeapUsedSize")) / 1e6;
  }

  async begin(): Promise<void> {
    this.before = await this.now();
  }

  /** Shares of the time since `begin`. */
  async worked(): Promise<{ main_thread: number; scripts: number }> {
    const { at, tasks, scripts } = await this.now();
    const share = (later: number, sooner: number) => (later - sooner) / (at - this.before.at);
    return { main_thread: share(tasks, this.before.tasks), scripts: share(scripts, this.before.scripts) };
  }

  private async now() {
    return { at: await this.metric("Timestamp"), tasks: await this.metric("TaskDuration"), scripts: await this.metric("ScriptDuration") };
  }

  private async metric(wanted: string): Promise<number> {
    const { metrics } = (await this.ask("Performance.getMetrics")) as { metrics: { name: string; value: number }[] };
    return metrics.find(({ name }) => name === wanted)!.value;
  }
}
