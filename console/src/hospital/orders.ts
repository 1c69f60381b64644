/** What a ward says and what may wait for the line: its beds, and whether it turns units away. */
import { clock } from "../live/clock";
import { Outbox, type Kept } from "../outbox/outbox";
import { DiskShelf, MemoryShelf, type Shelf } from "../outbox/shelf";
import type { BedReport } from "../wire/api";
import { freshId } from "../wire/ids";

export type WardOrder =
  | { kind: "beds"; hospital: string; beds: BedReport }
  | { kind: "divert"; hospital: string; reason: string; services: string[]; until: string }
  | { kind: "receive"; hospital: string };

/** Sends one order under its own key, with the time of the tap. */
export type Send = (kept: Kept<WardOrder>) => Promise<{ seq?: number } | void>;

/** True where this browser keeps nothing beyond the page: then the page says so. */
export let forgetful = typeof indexedDB === "undefined";

/** A private window may have the database and refuse to open it. */
async function shelf(): Promise<Shelf<Kept<WardOrder>>> {
  const memory = () => {
    forgetful = true;
    return new MemoryShelf<Kept<WardOrder>>((kept) => kept.id);
  };
  if (forgetful) return memory();
  const disk = new DiskShelf<Kept<WardOrder>>("counts");
  return disk.all().then(() => disk, memory);
}

export type Orders = {
  box: Outbox<WardOrder>;
  /** Where they are kept, those of other accounts and links on this tablet too. */
  shelf: Shelf<Kept<WardOrder>>;
  /** Resolves with the order's key when it is kept; what happens to it then is told by `box.held`. */
  give: (order: WardOrder, tapped?: string) => Promise<string>;
};

/** `who` : whose taps these are; another account, or another link, on this tablet does not send them. */
export async function openOrders(send: Send, who: () => string | null): Promise<Orders> {
  const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));
  const kept = await shelf();
  const box = new Outbox<WardOrder>(kept, { send, who, pause });
  await box.open();
  addEventListener("online", () => box.hurry());
  return {
    box, shelf: kept,
    give: async (order, tapped = clock.iso()) => {
      const id = freshId();
      await box.add(order, { id, by: who() ?? "", tapped });
      return id;
    },
  };
}
