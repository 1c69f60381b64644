/** Where a phone keeps what must outlive the page: one small table of the browser's own database. */

export interface Shelf<T> {
  /** In the order in which they were first put there. */
  all(): Promise<T[]>;
  put(thing: T): Promise<void>;
  drop(keys: (string | number)[]): Promise<void>;
}

const DATABASE = "vigil";
const TABLES = { errands: "id", pings: "place", counts: "id", kept: "name" } as const;
export type TableName = keyof typeof TABLES;

/** One database for the page; opened when something is first put or read, and again after the browser has closed it. */
let opened: Promise<IDBDatabase> | undefined;
const closings = new Set<() => void>();

/** Calls `listener` when the browser has closed the database by itself: it wants room, or somebody cleared it. */
export function onDiskClosed(listener: () => void): void {
  closings.add(listener);
}

function database(): Promise<IDBDatabase> {
  return (opened ??= new Promise<IDBDatabase>((done, fail) => {
    const asked = indexedDB.open(DATABASE, 1);
    asked.onupgradeneeded = () => {
      for (const [name, keyPath] of Object.entries(TABLES)) asked.result.createObjectStore(name, { keyPath });
    };
    asked.onsuccess = () => {
      asked.result.onclose = () => closed(asked.result);
      // Whoever wants it in another form, or gone, would wait for this page to be closed.
      asked.result.onversionchange = () => closed(asked.result);
      done((current = asked.result));
    };
    asked.onerror = () => fail(asked.error);
  }));
}

/** The one in use, or the last that was. */
let current: IDBDatabase | undefined;

/** Lets go of a connection. `taken` : the browser closed it, and what lay there may be gone. */
function closed(held: IDBDatabase, taken = true): void {
  held.close();
  if (held !== current) return;
  opened = current = undefined;
  if (taken) closings.forEach((listener) => listener());
}

/** Each work is tried twice, the second time on a connection of its own: the first may have been closed under our hands. */
async function onDisk<R>(work: (held: IDBDatabase) => Promise<R>): Promise<R> {
  let held: IDBDatabase | undefined;
  try {
    return await work((held = await database()));
  } catch (error) {
    if (held) closed(held, error instanceof DOMException && error.name === "InvalidStateError");
    else opened = undefined;
    return work(await database());
  }
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });
}

/** Done when it is on the disk, not when it was asked for. */
function written(work: IDBTransaction): Promise<void> {
  return new Promise((done, fail) => {
    work.oncomplete = () => done();
    work.onerror = work.onabort = () => fail(work.error);
  });
}

/** `before` says which of two things stands first; without it they come by their keys. */
export class DiskShelf<T> implements Shelf<T> {
  constructor(private table: TableName, private before?: (one: T, other: T) => number) {}

  async all(): Promise<T[]> {
    const found = await onDisk((held) => settled<T[]>(held.transaction(this.table).objectStore(this.table).getAll()));
    return this.before ? found.sort(this.before) : found;
  }

  async put(thing: T): Promise<void> {
    await onDisk((held) => {
      const work = held.transaction(this.table, "readwrite", { durability: "strict" });
      work.objectStore(this.table).put(thing);
      return written(work);
    });
  }

  async drop(keys: (string | number)[]): Promise<void> {
    await onDisk((held) => {
      const work = held.transaction(this.table, "readwrite");
      for (const key of keys) work.objectStore(this.table).delete(key);
      return written(work);
    });
  }
}

/** What pages of accounts keep of their rows; the memory of a ward's link has no account, and stays. */
export const OF_ACCOUNTS = { crew: "last", ward: "ward" } as const;
const PATIENCE_MS = 1_000;

/** Done when it is gone from the disk; a browser that keeps nothing, or hangs, holds up nobody who leaves. */
export async function forgetKept(): Promise<void> {
  if (typeof indexedDB === "undefined") return;
  const gone = new DiskShelf("kept").drop(Object.values(OF_ACCOUNTS)).catch(() => undefined);
  await Promise.race([gone, new Promise((done) => setTimeout(done, PATIENCE_MS))]);
}

/** For a browser that gives no database (a private window): all is lost with the page, and the page says so. */
export class MemoryShelf<T extends object> implements Shelf<T> {
  private things = new Map<string | number, T>();

  constructor(private key: (thing: T) => string | number) {}

  all = async (): Promise<T[]> => [...this.things.values()];
  put = async (thing: T): Promise<void> => void this.things.set(this.key(thing), thing);
  drop = async (keys: (string | number)[]): Promise<void> => keys.forEach((key) => this.things.delete(key));
}
