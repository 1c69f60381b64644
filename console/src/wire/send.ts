/** How requests travel: refusals become sentences, a write on a bad link is tried again under the same key. */
import createClient, { type Middleware } from "openapi-fetch";

import { Intents } from "./intents";
import type { paths } from "./schema";

/** The server understood and said no; the message is a sentence for the person at the desk. */
export class Refusal extends Error {
  constructor(readonly status: number, sentence: string, readonly facts: Record<string, unknown> = {}) {
    super(sentence);
  }
}

/** No answer came. Whether the server stored a write is unknown, so the same key must be used again. */
export class Unreachable extends Error {}

/** Writes are tried again for this long; after that the person is told that nothing was confirmed. */
export const PATIENCE_MS = 10_000;
/** One try may hang this long before it is given up and made anew. */
const TRY_MS = 5_000;
const FIRST_PAUSE_MS = 300;
const NO_ANSWER = [502, 503, 504];

const intents = new Intents();

type Listener = () => void;
const endings = new Set<Listener>();

/** Calls `listener` whenever the server says that the session is over. */
export function onSessionEnd(listener: Listener): () => void {
  endings.add(listener);
  return () => endings.delete(listener);
}

/** Fetches; a write without an answer is sent again, byte for byte, until patience ends. */
export async function patiently(request: Request): Promise<Response> {
  const started = performance.now();
  for (let attempt = 0; ; attempt += 1) {
    const answer = await whole(new Request(request.clone(), { signal: AbortSignal.timeout(TRY_MS) })).catch(() => null);
    // Whoever gave the order has no more use for it, and its answer would only mislead.
    if (request.signal.aborted) throw new Unreachable("given up");
    if (answer && !NO_ANSWER.includes(answer.status)) {
      // A server in trouble may have stored it all the same.
      if (answer.status < 500) intents.answered(request.headers.get("Idempotency-Key"));
      return answer;
    }
    if (request.method === "GET" || performance.now() - started > PATIENCE_MS) {
      if (answer) return answer;
      throw new Unreachable("no answer");
    }
    await new Promise((done) => setTimeout(done, Math.min(2000, FIRST_PAUSE_MS * 1.7 ** attempt)));
  }
}

/** An answer with all of its body: one that breaks off in the middle is none. */
async function whole(request: Request): Promise<Response> {
  const answer = await fetch(request);
  await answer.clone().arrayBuffer();
  return answer;
}

const withHeaders: Middleware = {
  async onRequest({ request }) {
    request.headers.set("Accept-Language", document.documentElement.lang || "vi");
    if (request.method === "GET" || request.headers.has("Idempotency-Key")) return request;
    const { pathname, search } = new URL(request.url);
    const said = await request.clone().text();
    const { key, body } = intents.of(request.method, pathname + search, said);
    request.headers.set("Idempotency-Key", key);
    return body === said ? request : new Request(request, { body });
  },
};

export const client = createClient<paths>({ baseUrl: location.origin, fetch: patiently });
client.use(withHeaders);

type Answer<T> = { data?: T; error?: unknown; response: Response };

/** The body of a good answer; throws `Refusal` or `Unreachable` for any other. */
export async function body<T>(asked: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await asked;
  if (response.ok) return data as T;
  if (response.status === 401 && !response.url.endsWith("/login") && !aboutACode(error)) endings.forEach((listener) => listener());
  throw refusal(response.status, error);
}

/** A wrong code while a phone is set up is no end of the session. */
function aboutACode(told: unknown): boolean {
  return (told as { type?: string } | null)?.type === "urn:vigil:WrongCode";
}

/** Sends an order under a key of its own, so that a second try of the same order is not a second order. Without one `Intents` finds it. */
export function under(key: string | undefined): { headers: Record<string, string> } {
  return { headers: key ? { "Idempotency-Key": key } : {} };
}

function refusal(status: number, told: unknown): Refusal {
  if (told === null || typeof told !== "object") return new Refusal(status, `HTTP ${status}`);
  const { detail, title, ...facts } = told as Record<string, unknown>;
  const sentence = typeof detail === "string" ? detail : typeof title === "string" ? title : `HTTP ${status}`;
  return new Refusal(status, sentence, facts);
}
