/** Whether a window holds what the server holds: row by row, field by field. */
import type { Page } from "playwright-core";

import type { Town } from "./town";

type Row = { id: string; seq: number };
type Held = { rows: Record<string, Row[]>; seq: number };

/** What differs, as "table id field"; empty where the window is right. Rows of this moment, so ask until it settles. */
export async function different(page: Page, town: Town): Promise<string[]> {
  const held = await page.evaluate((): Held => {
    const { store, tables } = (window as unknown as { vigil: { store: { seq: number; all(table: string): Row[] }; tables: string[] } }).vigil;
    return { rows: Object.fromEntries(tables.map((table) => [table, store.all(table)])), seq: store.seq };
  });
  const told = await town.ask("GET", "/snapshot");
  const found: string[] = held.seq === told.seq ? [] : [`seq ${held.seq} is not ${told.seq}`];
  for (const [table, rows] of Object.entries(held.rows)) {
    const theirs = new Map(((told[table] ?? []) as Row[]).map((row) => [row.id, row as unknown as Record<string, unknown>]));
    for (const row of rows) {
      const other = theirs.get(row.id);
      theirs.delete(row.id);
      // Rows at rest leave the server's picture after a while; a window that was open keeps them.
      if (!other) continue;
      for (const [field, value] of Object.entries(row)) {
        // Where a unit is comes as telemetry each second, apart from the rows.
        if (field !== "position" && plain(value) !== plain(other[field])) found.push(`${table} ${row.id} ${field}`);
      }
    }
    for (const id of theirs.keys()) found.push(`${table} ${id} is missing`);
  }
  return found;
}

/** As text, for comparing: a picture leaves out what is empty, a frame says null; neither says more than the other. */
function plain(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) => {
    if (one === null) return undefined;
    if (typeof one !== "object" || Array.isArray(one)) return one;
    return Object.fromEntries(Object.entries(one as object).filter(([, held]) => held !== null).sort(([a], [b]) => (a < b ? -1 : 1)));
  }) ?? "";
}
