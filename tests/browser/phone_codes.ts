/** The codes that an app on a phone shows (RFC 6238: SHA-1, six digits, 30 s), from the key that the page tells. */
import { createHmac } from "node:crypto";

const STEP_S = 30;
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** `ahead` : so many steps of 30 s from now; a phone's clock may be one ahead. */
export function phoneCode(key: string, ahead = 0): string {
  const bits = [...key.replace(/\s/g, "")].map((letter) => LETTERS.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const secret = Buffer.from(bits.match(/.{8}/g)!.map((eight) => parseInt(eight, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 1000 / STEP_S) + ahead));
  const digest = createHmac("sha1", secret).update(step).digest();
  const place = digest.at(-1)! & 0xf;
  return String((digest.readUInt32BE(place) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}
