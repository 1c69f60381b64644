/** One request to the server: refusals become sentences, a write on a bad link is tried again under the same key. */
import { freshId } from "./ids";

/** The server understood and said no; `detail` is a sentence for the person at the desk. */
export class Refusal extends Error {
  constructor(readonly status: number, readonly detail: string, readonly extra: Record<string, unknown> = {}) {
    super(detail);
  }
}

/** No answer came. Whether the server stored a write is unknown, so the same key must be used again. */
export class Unreachable extends Error {}

/** Writes are tried again for this long; after that the person is told that nothing was confirmed. */
export const PATIENCE_MS = 10_000;
/** One try may hang this long before it is given up and made anew. */
const TRY_MS = 5_000;

type Method = "GET" | "POST" | "PUT" | "DELETE";
type Listener = () => void;
const expired = new Set<Listener>();

/** Calls `listener` whenever the server says that the session is over. */
export function onSessionEnd(listener: Listener): () => void {
  expired.add(listener);
  return () => expired.delete(listener);
}

export async function send<T>(method: Method, path: string, body?: unknown, key: string = freshId()): Promise<T> {
  const started = performance.now();
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await once<T>(method, path, body, key);
    } catch (error) {
      const spent = performance.now() - started;
      if (!(error instanceof Unreachable) || method === "GET" || spent > PATIENCE_MS) throw error;
      await pause(Math.min(2000, 300 * 1.7 ** attempt));
    }
  }
}

async function once<T>(method: Method, path: string, body: unknown, key: string): Promise<T> {
  const headers: Record<string, string> = {
    Accept: "application/json",
    "Accept-Language": document.documentElement.lang || "vi",
  };
  if (method !== "GET") headers["Idempotency-Key"] = key;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  let answer: Response;
  try {
    answer = await fetch(`/api/v1${path}`, {
      method,
      headers,
      body: body === undefined ? null : JSON.stringify(body),
      credentials: "same-origin",
      signal: AbortSignal.timeout(TRY_MS),
    });
  } catch {
    throw new Unreachable("no answer");
  }
  if ([502, 503, 504].includes(answer.status)) throw new Unreachable(`status ${answer.status}`);
  if (answer.status === 204) return undefined as T;
  const told: unknown = await answer.json().catch(() => null);
  if (answer.ok) return told as T;
  if (answer.status === 401 && path !== "/login") expired.forEach((listener) => listener());
  throw refusal(answer.status, told);
}

function refusal(status: number, told: unknown): Refusal {
  if (told === null || typeof told !== "object") return new Refusal(status, `HTTP ${status}`);
  const { detail, title, ...extra } = told as Record<string, unknown>;
  const sentence = typeof detail === "string" ? detail : typeof title === "string" ? title : `HTTP ${status}`;
  return new Refusal(status, sentence, extra);
}

function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
