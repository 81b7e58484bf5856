import type { Predicate } from "@harrier/lang/ir";
import { type EventDocument, evaluatePredicate, explainPredicate } from "@harrier/lang/match";
import type { Random } from "../random.ts";
import { damageLine, parseObject } from "./damage.ts";
import { compiledPath, type DocumentPath, plainPath, setPaths } from "./paths.ts";
import type { Difference } from "./report.ts";
import { spellJson } from "./spell-json.ts";

/** All ways of matching the same conditions, held against the plain evaluator. */
export interface Comparison {
  /** The set, on the document and on its JSON, plain and spelled at random. */
  readonly onSets: (document: EventDocument) => readonly Difference[];
  /** Each condition made ready by itself. */
  readonly onCompiled: (document: EventDocument) => readonly Difference[];
  /** A line that is damaged: what `JSON.parse` refuses is to be refused, and nothing else. */
  readonly onDamaged: (document: EventDocument) => readonly Difference[];
}

/** Of conditions that fold letters in one way. */
export function makeComparison(
  conditions: readonly Predicate[],
  folding: "unicode" | "ascii",
  random: Random,
): Comparison {
  const plain = plainPath(conditions, { folding });
  const compiled = compiledPath(conditions, { folding });
  const { documents, lines } = setPaths(conditions, { folding });
  const onLine = (line: string, expected: Difference["expected"]): readonly Difference[] =>
    differ(`${lines.name}, ${folding}`, line, expected, lines.match(line));
  const onDocument = (path: DocumentPath, document: EventDocument, expected: readonly number[]) =>
    differ(
      `${path.name}, ${folding}`,
      () => JSON.stringify(document),
      expected,
      path.match(document),
    );
  return {
    onSets: (document) => {
      const expected = plain.match(document);
      const plainLine = JSON.stringify(document);
      const oddLine = spellJson(document, random);
      if (JSON.stringify(JSON.parse(oddLine)) !== plainLine) throw new Error(`spelled: ${oddLine}`);
      return [
        ...onDocument(documents, document, expected),
        ...onLine(plainLine, expected),
        ...onLine(oddLine, expected),
      ];
    },
    onCompiled: (document) => onDocument(compiled, document, plain.match(document)),
    onDamaged: (document) => {
      const line = damageLine(spellJson(document, random), random);
      const parsed = parseObject(line);
      return onLine(line, parsed && documents.match(parsed));
    },
  };
}

/** What `explain` says about one condition. */
export function compareExplanation(
  place: number,
  condition: Predicate,
  document: EventDocument,
): readonly Difference[] {
  const placesIf = (holds: boolean): readonly number[] => (holds ? [place] : []);
  return differ(
    "explainPredicate",
    () => JSON.stringify(document),
    placesIf(evaluatePredicate(condition, document)),
    placesIf(explainPredicate(condition, document).verdict),
  );
}

function differ(
  path: string,
  event: string | (() => string),
  expected: Difference["expected"],
  found: Difference["found"],
): readonly Difference[] {
  if (expected?.join() === found?.join()) return [];
  return [{ path, expected, found, event: typeof event === "string" ? event : event() }];
}
