import type { Rule } from "../rule.ts";
import { type ClauseChange, diffClauses, type QueryPart } from "./clause.ts";
import { eqlParts } from "./eql-clauses.ts";
import { kqlParts } from "./kql-clauses.ts";
import { diffLists } from "./lines.ts";
import { meaningOf } from "./query-meaning.ts";

/** How two texts of a query differ. */
export interface QueryDiff {
  /** Both ask the same of every event. */
  readonly isSpelling: boolean;
  /** What came and went, clause by clause; `undefined` where the language is not taken apart, or a text is no query. */
  readonly clauses: readonly ClauseChange[] | undefined;
}

/** Compares two texts of a query, in terms of what they ask. */
export function diffQueries(before: string, after: string, language: Rule["language"]): QueryDiff {
  const meaning = meaningOf(before, language);
  if (meaning !== undefined && meaning === meaningOf(after, language)) {
    return { isSpelling: true, clauses: [] };
  }
  const [old, fresh] = [partsOf(before, language), partsOf(after, language)];
  if (old === undefined || fresh === undefined) return { isSpelling: false, clauses: undefined };
  return { isSpelling: false, clauses: diffParts(old, fresh) };
}

function partsOf(text: string, language: Rule["language"]): readonly QueryPart[] | undefined {
  switch (language) {
    case "eql":
      return eqlParts(text);
    case "kuery":
      return kqlParts(text);
    default:
      return undefined;
  }
}

/** Steps stand opposite each other as their clauses say; where both sides have others, in their order. */
function diffParts(
  before: readonly QueryPart[],
  after: readonly QueryPart[],
): readonly ClauseChange[] {
  const [oldHead, ...oldSteps] = before;
  const [newHead, ...newSteps] = after;
  const byText = (parts: readonly QueryPart[]) =>
    new Map(parts.map((part) => [textOf(part), part]));
  const changes = [...diffClauses(oldHead?.clauses ?? [], newHead?.clauses ?? [])];
  const [oldBy, newBy] = [byText(oldSteps), byText(newSteps)];
  for (const stretch of diffLists(oldSteps.map(textOf), newSteps.map(textOf))) {
    if (stretch.isSame) continue;
    const length = Math.max(stretch.before.length, stretch.after.length);
    for (let index = 0; index < length; index += 1) {
      const old = oldBy.get(stretch.before[index] ?? "");
      const fresh = newBy.get(stretch.after[index] ?? "");
      const name = fresh?.name ?? old?.name ?? "";
      if (old !== undefined && fresh !== undefined) {
        changes.push(...diffClauses(old.clauses, fresh.clauses, [name]));
      } else {
        changes.push({ within: [name], added: wholeOf(fresh), removed: wholeOf(old) });
      }
    }
  }
  return changes;
}

function textOf({ name, clauses }: QueryPart): string {
  const text = clauses.map((clause) => clause.text).join(" and ");
  return name === "until" ? `until ${text}` : text;
}

function wholeOf(part: QueryPart | undefined): readonly string[] {
  return part === undefined ? [] : [`[${partText(part)}]`];
}

function partText({ clauses }: QueryPart): string {
  const [head = "", ...others] = clauses.map(({ text }) => text);
  return head.endsWith("where")
    ? `${head} ${others.join(" and ")}`
    : [head, ...others].join(" and ");
}
