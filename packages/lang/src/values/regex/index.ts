/**
 * Lucene's regular expressions, matched in linear time.
 *
 * A pattern becomes a tree (parse), the tree an automaton with free steps over classes of code points
 * (alphabet, build-nfa), and a text is matched by deterministic states that are worked out when they are
 * first needed (lazy-dfa). `&` and `~` have no such automaton of their own: their parts are worked out in
 * full (determinise), within Lucene's limit, and put into the automaton as states. No backtracking and no
 * RegExp made of rule text: the time for a value is bounded by its length times the size of the pattern,
 * and is one table look-up a character in practice.
 */
import type { CaseFolding } from "../types.ts";
import { makeAlphabet } from "./alphabet.ts";
import { makeNfa } from "./build-nfa.ts";
import type { CodePoints } from "./code-points.ts";
import { LazyDfa } from "./lazy-dfa.ts";
import { parseRegex } from "./parse.ts";
import { type RegexNode, RegexSyntaxError } from "./tree.ts";

export { parseRegex, type RegexNode, RegexSyntaxError };

/** A test whether one of the patterns matches a text as a whole. Throws RegexSyntaxError. */
export function compileRegex(
  patterns: readonly string[],
  fold: boolean,
  folding: CaseFolding,
): (text: string) => boolean {
  if (patterns.length === 0) return () => false;
  const dfa = compileTree({
    kind: "alternatives",
    of: patterns.map((pattern) => parseRegex(pattern, fold ? folding : undefined)),
  });
  return (text) => dfa.matches(text);
}

/** What keeps a pattern from being used, if anything does: its syntax, its size, or what `&` and `~` cost. */
export function checkRegex(pattern: string): RegexSyntaxError | undefined {
  try {
    compileRegex([pattern], false, "ascii");
    return undefined;
  } catch (error) {
    if (error instanceof RegexSyntaxError) return error;
    throw error;
  }
}

/** About how many states the automaton of a pattern has: its characters once all repetitions are written out. */
export function sizeOfRegex(pattern: string): number {
  return sizeOf(parseRegex(pattern));
}

function sizeOf(node: RegexNode): number {
  switch (node.kind) {
    case "set":
      return 1;
    case "repeat":
      return Math.max(1, node.max ?? node.min) * sizeOf(node.of) + 1;
    case "complement":
      return sizeOf(node.of) + 1;
    default:
      return node.of.reduce((sum, part) => sum + sizeOf(part), 1);
  }
}

/** The machine of a tree. `room` is for tests: how much it may keep. */
export function compileTree(node: RegexNode, room?: number): LazyDfa {
  const alphabet = makeAlphabet(setsOf(node));
  return new LazyDfa(makeNfa(node, alphabet), alphabet, room);
}

function* setsOf(node: RegexNode): Generator<CodePoints> {
  if (node.kind === "set") yield node.points;
  else if (node.kind === "repeat" || node.kind === "complement") yield* setsOf(node.of);
  else for (const part of node.of) yield* setsOf(part);
}
