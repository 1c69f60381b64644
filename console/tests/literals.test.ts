// @vitest-environment node
/** What a person reads stands in the catalogues: no sentence hides in a component. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, test } from "vitest";

const SOURCE = fileURLToPath(new URL("../src", import.meta.url));
/** Attributes whose value is read by or to somebody. */
const READ = new Set(["title", "aria-label", "aria-description", "aria-roledescription", "aria-valuetext", "placeholder", "alt", "label"]);
/** The same in every language: names of keys and of the house, units, codes. */
const ANY_LANGUAGE = new Set(["Vigil", "Esc", "Enter", "Tab", "English", "Tiếng Việt", "km", "km/h", "kB", "NEWS2", "CSV", "PDF", "TOTP", "OIDC", "seq", "min", "m", "s", "ms", "h"]);

const isWord = (text: string) => /\p{L}{2,}/u.test(text) && !/^F\d+$/.test(text);

function literals(file: string): string[] {
  const text = readFileSync(`${SOURCE}/${file}`, "utf8");
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true, ts.ScriptKind.TSX);
  const found: string[] = [];
  const note = (node: ts.Node, said: string) => {
    const words = said.trim();
    if (!isWord(words) || words.split(/[\s+–-]+/).every((word) => !isWord(word) || ANY_LANGUAGE.has(word))) return;
    if (ANY_LANGUAGE.has(words)) return;
    found.push(`${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1} ${words}`);
  };
  /** Strings that an expression may show: both sides of a choice, the fixed parts of a template. */
  const shown = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) note(node, node.text);
    else if (ts.isTemplateExpression(node)) [node.head, ...node.templateSpans.map((span) => span.literal)].forEach((part) => note(part, part.text));
    else if (ts.isConditionalExpression(node)) [node.whenTrue, node.whenFalse].forEach(shown);
    else if (ts.isParenthesizedExpression(node)) shown(node.expression);
    else if (ts.isBinaryExpression(node) && [ts.SyntaxKind.AmpersandAmpersandToken, ts.SyntaxKind.BarBarToken, ts.SyntaxKind.QuestionQuestionToken, ts.SyntaxKind.PlusToken]
      .includes(node.operatorToken.kind)) [node.left, node.right].forEach(shown);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node)) note(node, node.text);
    if (ts.isJsxAttribute(node) && READ.has(node.name.getText()) && node.initializer) {
      shown(ts.isJsxExpression(node.initializer) ? node.initializer.expression ?? node.initializer : node.initializer);
    }
    if (ts.isJsxExpression(node) && node.expression && !ts.isJsxAttribute(node.parent)) shown(node.expression);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

test("no component says a word of its own: all texts are in the catalogues", () => {
  const files = readdirSync(SOURCE, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".tsx"));
  expect(files.length).toBeGreaterThan(50);
  expect(files.flatMap(literals)).toEqual([]);
});
