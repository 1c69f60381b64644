/** From the tap on one screen to the picture on another, by the clock of the machine that both run on. */
import type { Page } from "playwright-core";

/** Notes on the desk when the text of `selector` was painted; `painted` waits for it. */
export async function watchPaint(desk: Page, selector: string): Promise<void> {
  await desk.evaluate((wanted) => {
    const seen = ((window as unknown as { painted: Record<string, number> }).painted = {} as Record<string, number>);
    const note = () => {
      const text = document.querySelector(wanted)?.textContent;
      if (text && !(text in seen)) {
        seen[text] = Infinity;
        requestAnimationFrame(() => setTimeout(() => { seen[text] = Date.now(); })); // after the frame that shows it
      }
    };
    note();
    new MutationObserver(note).observe(document.body, { subtree: true, childList: true, characterData: true });
  }, selector);
}

export async function painted(desk: Page, text: string): Promise<number> {
  const at = await desk.waitForFunction((wanted) => {
    const when = (window as unknown as { painted: Record<string, number> }).painted[wanted];
    return when !== undefined && Number.isFinite(when) ? when : null;
  }, text);
  return (await at.jsonValue())!;
}

/** Clicks as a thumb does, and says when. */
export function tap(page: Page, selector: string): Promise<number> {
  return page.evaluate((wanted) => {
    const at = Date.now();
    document.querySelector<HTMLElement>(wanted)!.click();
    return at;
  }, selector);
}

export function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!;
}
