/** What a person who reads slowly, uses no mouse, or lets the system choose the colours would stumble over. */
import type { Page } from "playwright-core";

/** More stops than this make no page quicker to walk: it is held for a trap. */
const MOST_STOPS = 400;

/**
 * Walks the page with Tab until it comes round. `trap` : where it did not go on; `unseen` : stops that show nobody
 * where the focus is; `covered` : stops that lie wholly below something else, or out of the window (WCAG 2.4.11).
 */
export async function focusRound(page: Page): Promise<{ trap: string | null; unseen: string[]; covered: string[] }> {
  await page.evaluate(() => {
    (document.activeElement as HTMLElement | null)?.blur();
    getSelection()?.removeAllRanges();
  });
  const unseen = new Set<string>();
  const covered = new Set<string>();
  const round = (trap: string | null) => ({ trap, unseen: [...unseen], covered: [...covered] });
  let first: string | null = null;
  let before = "";
  let stuck = 0;
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await page.keyboard.press("Tab");
    const here = await page.evaluate(() => {
      const seen = (window as unknown as { stops?: Map<Element, number> });
      const stops = (seen.stops ??= new Map());
      const at = document.activeElement;
      if (!at || at === document.body) return null;
      if (!stops.has(at)) stops.set(at, stops.size);
      const name = `${at.tagName.toLowerCase()}${at.id ? `#${at.id}` : ""}.${String(at.className).replaceAll(" ", ".")}`;
      // A radio that is drawn by its label shows the focus on the label.
      const shows = [at, at.closest("label"), at.parentElement].some((one) => {
        if (!one) return false;
        const { outlineStyle, outlineWidth } = getComputedStyle(one);
        return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
      });
      // Of what stands for it, some point is what one would press there. What is drawn by its label is the label.
      const drawn = at.matches("input[type=radio]") || (at.matches("input[type=checkbox]") && getComputedStyle(at).opacity === "0");
      const stands = (drawn && at.closest("label")) || at;
      const { left, top, width, height } = stands.getBoundingClientRect();
      const inSight = [0.03, 0.25, 0.5, 0.75, 0.97].some((x) => [0.05, 0.3, 0.5, 0.7, 0.95].some((y) => {
        const hit = document.elementFromPoint(left + width * x, top + height * y);
        return hit !== null && (hit === stands || stands.contains(hit));
      }));
      // A date is one field with a stop for each of its parts.
      const parts = at.matches("input[type=date], input[type=time], input[type=datetime-local]") ? 6 : 1;
      return { key: `${stops.get(at)}`, name, shows, inSight, parts };
    });
    if (here === null) return round(null); // past the last one
    if (!here.shows) unseen.add(here.name);
    if (!here.inSight) covered.add(here.name);
    if (here.key === first) return round(null);
    stuck = here.key === before ? stuck + 1 : 0;
    if (stuck > here.parts) return round(here.name);
    first ??= here.key;
    before = here.key;
  }
  return round(`no end after ${MOST_STOPS} stops, at ${before}`);
}

/** Animations that run without end although the person asked for less motion. */
export function restless(page: Page): Promise<string[]> {
  return page.evaluate(() => document.getAnimations()
    .filter((one) => one.playState === "running" && one.effect?.getComputedTiming().endTime === Infinity)
    .map((one) => String((one.effect as KeyframeEffect).target?.className)));
}

/** Buttons and fields without an edge, and chosen things that look like the others, once the system chooses the colours. */
export function unframed(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const look = (one: Element) => {
      const style = getComputedStyle(one);
      return [style.borderTopStyle, style.borderTopWidth, style.borderLeftWidth, style.borderTopColor, style.outlineStyle,
        style.outlineWidth, style.backgroundColor, style.color, style.textDecorationLine, style.fontWeight].join("|");
    };
    const shown = (one: Element) => one.getClientRects().length > 0;
    const found: string[] = [];
    for (const field of document.querySelectorAll("input:not([type=radio]):not([type=checkbox]):not([type=range]), select")) {
      if (shown(field) && getComputedStyle(field).borderTopWidth === "0px") found.push(`field without an edge: ${field.id || field.className}`);
    }
    const chosen: [string, string][] = [[".line.selected", ".line:not(.selected)"], [".choice-row.on", ".choice-row:not(.on)"], [".segment.on", ".segment:not(.on)"]];
    for (const [yes, no] of chosen) {
      for (const on of document.querySelectorAll(yes)) {
        const off = [...(on.parentElement?.querySelectorAll(no) ?? [])].find(shown);
        const mark = on.querySelector("input[type=radio]");
        const drawn = mark && getComputedStyle(mark).opacity !== "0";
        if (shown(on) && off && !drawn && look(on) === look(off)) found.push(`chosen looks like the others: ${on.className}`);
      }
    }
    return found;
  });
}

/** Words on buttons, headings and lines that do not fit, where nothing says them in full (title or label). */
export function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    for (const one of document.querySelectorAll<HTMLElement>("button, h1, h2, h3, legend, label, summary, th")) {
      if (one.getClientRects().length === 0 || one.closest(".unseen, [inert]")) continue;
      const { overflowX, textOverflow } = getComputedStyle(one);
      const hides = overflowX !== "visible" || textOverflow === "ellipsis";
      const named = one.closest("[title]") !== null;
      if (hides && !named && one.scrollWidth > one.clientWidth + 1) found.push(`${one.tagName} “${one.textContent?.slice(0, 60)}”`);
    }
    // Nothing may reach beyond the window either.
    const beyond = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    if (beyond > 0) found.push(`the page is ${beyond} px wider than the window`);
    return found;
  });
}
