import { spanOf } from "../text/index.ts";
import type { WordNode } from "./ast.ts";
import { type Checking, reportFinding } from "./checking.ts";
import { printWord } from "./print.ts";
import { textOf } from "./words.ts";

/** Warns of what a writer of the value hardly meant, whatever its field is. */
export function checkWord(word: WordNode, checking: Checking): void {
  const { source, start, end } = word.span;
  const raw = source.text.slice(start, end);
  warnOfControls(word, raw, checking);
  if (isQuoted(word)) warnOfQuotedStar(word, checking);
  else {
    warnOfJoinedWords(word, raw, checking);
    warnOfQuestionMark(word, raw, checking);
  }
}

/** A range takes stars literally, wherever they stand. */
export function checkBound(word: WordNode, checking: Checking): void {
  checkWord(word, checking);
  if (word.kind !== "pattern") return;
  const message = "a range takes `*` literally";
  reportFinding(checking, "warning", "kql/literal-wildcard", word.span, message);
}

function isQuoted(word: WordNode): boolean {
  return word.kind === "literal" && word.isQuoted;
}

const named: Readonly<Record<string, string>> = {
  t: "a tab",
  r: "a carriage return",
  n: "a line break",
};

/** `\tmp` in a path: the escape of a tab, not a folder. Elsewhere, controls may well be meant. */
function warnOfControls(word: WordNode, raw: string, checking: Checking): void {
  const text = textOf(word);
  const isPath = text.includes("\\") || /^"?(?:[A-Za-z]\\?:|HK[A-Z_]+|%\w+%)\\[trn]/.test(raw);
  if (!isPath) return;
  // Two backslashes are one, so pairs are passed over.
  for (const [, letter = "", rest = ""] of raw.matchAll(/\\([\s\S])(\w*)/g)) {
    const name = Object.hasOwn(named, letter) ? named[letter] : undefined;
    if (name === undefined) continue;
    const message = `\`\\${letter}\` is ${name} here`;
    const hint = `write the backslash twice: \`\\\\${shorten(letter + rest)}\``;
    reportFinding(checking, "warning", "kql/lost-backslash", word.span, message, hint);
    return;
  }
}

/** Windows itself writes shares as `\\*\ADMIN$`: that star is meant. */
function warnOfQuotedStar(word: WordNode, checking: Checking): void {
  const text = textOf(word);
  if (!text.includes("*") || text.startsWith("\\\\*\\")) return;
  if (text === "*") {
    // Permissions are written so: worth a word, not a warning.
    const message = '`"*"` is the star itself';
    const hint = "without quotes it asks whether there is any value";
    reportFinding(checking, "note", "kql/literal-wildcard", word.span, message, hint);
    return;
  }
  const pieces = text.split("*");
  const hint = `as a pattern, without quotes: \`${shorten(printWord({ ...word, kind: "pattern", pieces }))}\``;
  const message = "in quotes `*` is no wildcard";
  reportFinding(checking, "warning", "kql/literal-wildcard", word.span, message, hint);
}

/** `?` behind a path starts the parameters of a URL; elsewhere one character is meant. */
function warnOfQuestionMark(word: WordNode, raw: string, checking: Checking): void {
  if (!raw.includes("?") || looksLikeUrl(raw)) return;
  const message = "`?` is an ordinary character, not a wildcard";
  const hint = raw.includes("??")
    ? undefined
    : `a run of characters: \`${shorten(raw.replace(/[?*]+/g, "*"))}\``;
  reportFinding(checking, "warning", "kql/literal-wildcard", word.span, message, hint);
}

/** One `?`, between word characters, behind the last slash. */
function looksLikeUrl(raw: string): boolean {
  const at = raw.indexOf("?");
  const slash = raw.lastIndexOf("/");
  const isOne = raw.lastIndexOf("?") === at;
  return isOne && slash >= 0 && slash < at && /^\w\?\w$/.test(raw.slice(at - 1, at + 2));
}

/** Without an operator, all words up to the next one are one value. */
function warnOfJoinedWords(word: WordNode, raw: string, checking: Checking): void {
  const { source, start } = word.span;
  const lineBreak = /[\r\n]\s*/.exec(raw);
  if (lineBreak !== null) {
    const behind = start + lineBreak.index + lineBreak[0].length;
    const [next = ""] = /^\S+/.exec(source.text.slice(behind, word.span.end)) ?? [];
    checking.report({
      severity: "warning",
      code: "kql/implicit-operator",
      message: "this value goes on in the next line: the line break is part of it",
      span: word.span,
      labels: [
        { span: spanOf(source, behind, behind + next.length), message: "an operator is missing" },
      ],
      hint: `write \`or\` before \`${shorten(next)}\`, or put the value in quotes`,
    });
    return;
  }
  const keyword = /^(and|or|not)\s|\s(and|or|not)$/i.exec(raw);
  if (keyword === null) return;
  const name = keyword[1] ?? keyword[2] ?? "";
  reportFinding(
    checking,
    "warning",
    "kql/implicit-operator",
    word.span,
    `\`${name}\` is part of this value`,
    "an operator stands between two conditions or values, with space on both sides",
  );
}

const longestShown = 60;

function shorten(text: string): string {
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;
}
