import type { Category, EventFilter } from "./ast.ts";
import {
  accept,
  advance,
  type Cursor,
  failUnexpected,
  isAt,
  peek,
  spanOfToken,
  spanSince,
} from "./cursor.ts";
import { parseExpression } from "./expression-parser.ts";

/** `process where …`, `any where …`, `"my-category" where …` */
export function parseFilter(cursor: Cursor): EventFilter {
  const { start } = peek(cursor);
  const category = parseCategory(cursor);
  if (!isAt(cursor, "where")) failUnexpected(cursor, "`where`", hintBeforeWhere(cursor, category));
  advance(cursor);
  if (isEndOfFilter(cursor)) failUnexpected(cursor, "a condition", conditionHint(cursor));
  const condition = parseExpression(cursor);
  return { kind: "filter", category, condition, span: spanSince(cursor, start) };
}

function isEndOfFilter(cursor: Cursor): boolean {
  return peek(cursor).kind === "end" || isAt(cursor, "]") || isAt(cursor, "|");
}

function conditionHint(cursor: Cursor): string | undefined {
  return isEndOfFilter(cursor) ? "for every event of the category write `where true`" : undefined;
}

function parseCategory(cursor: Cursor): Category {
  const token = peek(cursor);
  const span = spanOfToken(cursor, token);
  if (accept(cursor, "any")) return { kind: "category", name: null, span };
  if (token.kind === "identifier") {
    advance(cursor);
    return { kind: "category", name: token.text, span };
  }
  if (token.kind === "string") {
    advance(cursor);
    return { kind: "category", name: token.value, span };
  }
  if (token.kind === "quoted") {
    failUnexpected(
      cursor,
      "an event category",
      "a category stands between double quotes, not backticks",
    );
  }
  if (token.kind === "keyword") {
    failUnexpected(
      cursor,
      "an event category",
      `\`${token.text}\` is a keyword; a category of that name stands between double quotes`,
    );
  }
  if (isAt(cursor, "![")) {
    failUnexpected(
      cursor,
      "an event category",
      "missing events stand only among the terms of a sequence",
    );
  }
  if (isAt(cursor, "[")) {
    failUnexpected(cursor, "an event category", "brackets stand only in a `sequence` or `sample`");
  }
  return failUnexpected(cursor, "an event category");
}

function hintBeforeWhere(cursor: Cursor, category: Category): string | undefined {
  const { kind, text } = peek(cursor);
  if (kind === "end") return undefined;
  if (text === "-")
    return 'a category with a hyphen stands between double quotes: "my-category" where …';
  if (text.toLowerCase() === "where") return undefined;
  return category.name === null
    ? undefined
    : "a query starts with an event category and `where`; for events of every category: `any where …`";
}
