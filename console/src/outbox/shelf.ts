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

/** One database for the page; opened once, when something is first put or read. */
let opened: Promise<IDBDatabase> | null = null;

function database(): Promise<IDBDatabase> {
  opened ??= new Promise((done, fail) => {
    const asked = indexedDB.open(DATABASE, 1);
    asked.onupgradeneeded = () => {
      for (const [name, keyPath] of Object.entries(TABLES)) asked.result.createObjectStore(name, { keyPath });
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });
  return opened;
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
    const found = await settled((await database()).transaction(this.table).objectStore(this.table).getAll()) as T[];
    return this.before ? found.sort(this.before) : found;
  }

  async put(thing: T): Promise<void> {
    const work = (await database()).transaction(this.table, "readwrite", { durability: "strict" });
    work.objectStore(this.table).put(thing);
    await written(work);
  }

  async drop(keys: (string | number)[]): Promise<void> {
    const work = (await database()).transaction(this.table, "readwrite");
    for (const key of keys) work.objectStore(this.table).delete(key);
    await written(work);
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
