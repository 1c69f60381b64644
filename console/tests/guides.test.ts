/** What the guides quote stands on a screen, letter by letter: whoever looks for a button finds it. */
import { readdirSync, readFileSync } from "node:fs";

import { expect, test } from "vitest";

import { areas } from "../src/text/areas";
import { en as first } from "../src/text/en";
import { vi as firstVi } from "../src/text/vi";

const en = Object.assign({}, first, ...Object.values(areas).map((area) => area.en)) as Record<string, string>;
const vi = Object.assign({}, firstVi, ...Object.values(areas).map((area) => area.vi)) as Record<string, string>;

const GUIDES = ["dispatcher", "supervisor", "crew", "hospital", "administrator"];

/** Quoted, and not ours: what a browser says, and what people write or say themselves. */
const NOT_OURS: Record<string, string[]> = {
  en: ["Add to home screen"],
  vi: ["Thêm vào màn hình chính"],
};

function quoted(text: string): string[] {
  const prose = text.replace(/```[\s\S]*?```/g, "").replace(/`[^`]*`/g, "").replace(/<[^>]*>/g, "");
  return [...prose.matchAll(/"([^"]+)"|(?<!\*)\*([^*\n]+)\*(?!\*)/g)].map((found) => (found[1] ?? found[2])!.replace(/\s+/g, " "))
    .filter((words) => /\p{L}/u.test(words));
}

/** Words in capitals alone may be how a longer text begins: "ĐANG GỬI". */
function stands(words: string, catalogue: Record<string, string>, patterns: RegExp[]): boolean {
  if (patterns.some((one) => one.test(words))) return true;
  return words === words.toUpperCase() && Object.values(catalogue).some((text) => text.startsWith(words));
}

/** A text of the catalogue as a pattern: what is filled in later may be anything, "…" in the guide too. */
function pattern(words: string): RegExp | null {
  const plain = words.replace(/\{\w+, plural, (?:=0 \{[^}]*\} )?(?:one \{[^}]*\} )?other \{([^}]*)\}\}/g, (_, other: string) => other.replace("#", "{n}"));
  const parts = plain.split(/\{\w+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  if ((parts.join("").match(/\p{L}/gu)?.length ?? 0) < 2) return null; // nothing but gaps: it would fit any words
  return new RegExp(`^${parts.join(".+")}$`, "iu");
}

test.each(GUIDES.flatMap((guide) => [["en", guide, `${guide}.md`, en], ["vi", guide, `vi/${guide}.md`, vi]] as const))(
  "what the %s guide of %s quotes is on a screen", (language, _guide, file, catalogue) => {
    const text = readFileSync(`../docs/guide/${file}`, "utf8");
    const patterns = Object.values(catalogue).map(pattern).filter((one) => one !== null);
    const unknown = quoted(text).filter((words) => !NOT_OURS[language]!.includes(words) && !stands(words, catalogue, patterns));
    expect(unknown).toEqual([]);
  });

/** Two words for one thing make people look for a second thing: what we say, and what we do not. */
const RATHER: [string, RegExp][] = [
  ["trưởng ca", /giám sát viên/i],
  ["xe máy", /mô tô/i],
  ["mã QR", /hình vuông/i],
  ["hàng đợi", /hàng chờ/i],
  ["rút lại", /hoàn tác/i],
  ["điểm trực", /điểm chờ|\bchốt /i],
  ["cảnh báo (báo động: the level of an incident alone)", /(?<!cấp )báo động(?! \{level\}|…)/i],
  ["ngừng phục vụ", /ngưng phục vụ/i],
  ["phân bổ về bệnh viện", /chia về/i],
];

const SAID = [
  ...Object.entries(vi).map(([key, words]) => [`text ${key}`, words] as const),
  ...readdirSync("../docs/guide/vi").map((name) => [`guide ${name}`, readFileSync(`../docs/guide/vi/${name}`, "utf8")] as const),
  ...["domain", "projections", "api", "dispatch"].flatMap((folder) => (readdirSync(`../${folder}`, { recursive: true }) as string[])
    .filter((name) => name.endsWith(".py")).map((name) => [`${folder}/${name}`, readFileSync(`../${folder}/${name}`, "utf8")] as const)),
];

test.each(RATHER)("one thing has one word: %s", (_word, other) => {
  expect(SAID.length).toBeGreaterThan(1500);
  expect(SAID.filter(([, words]) => other.test(words.replace(/\s+/g, " "))).map(([where]) => where)).toEqual([]);
});
