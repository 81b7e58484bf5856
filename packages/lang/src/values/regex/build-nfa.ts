import { type Alphabet, classesOf } from "./alphabet.ts";
import type { CodePoints } from "./code-points.ts";
import { type Budget, type Dfa, determinise } from "./determinise.ts";
import { acceptState, type Nfa, nowhere } from "./nfa.ts";
import { StateSets } from "./state-sets.ts";
import { type RegexNode, RegexSyntaxError } from "./tree.ts";

/** Bounded so that a state fits one UTF-16 unit: sets of states are kept under a text of them. */
const mostStates = 60_000;
/** For all `&` and `~` of a pattern together; see Budget. About half a second. */
const mostWork = 5_000_000;

/** The automaton of a tree over an alphabet that was made from the tree's sets. Throws RegexSyntaxError when it grows too large. */
export function makeNfa(node: RegexNode, alphabet: Alphabet): Nfa {
  return draftNfa(node, { alphabet, budget: { work: mostWork }, known: new Map() });
}

function draftNfa(node: RegexNode, context: Context): Nfa {
  const { alphabet } = context;
  const draft: Draft = {
    context,
    consumes: [nowhere],
    next: [nowhere],
    other: [nowhere],
    sets: [],
    words: (alphabet.size + 31) >> 5,
    numbers: new Map(),
  };
  const start = build(draft, node, acceptState);
  const { consumes, next, other, sets, words, numbers } = draft;
  const everyClass = Array.from({ length: alphabet.size }, (_, symbol) => symbol);
  const fullSet = numbers.get(everyClass.join()) ?? nowhere;
  return { start, consumes, next, other, sets, words, fullSet };
}

/** What the automaton of a pattern and those of the parts of its `&` and `~` share. */
interface Context {
  readonly alphabet: Alphabet;
  readonly budget: Budget;
  /** A part that is repeated is worked out once. */
  readonly known: Map<RegexNode, Dfa>;
}

interface Draft {
  readonly context: Context;
  readonly consumes: number[];
  readonly next: number[];
  readonly other: number[];
  readonly sets: number[];
  readonly words: number;
  /** The number of each set that is already there. */
  readonly numbers: Map<string, number>;
}

/** Adds states that match the node and then go on at `next`; gives the first of them. */
function build(draft: Draft, node: RegexNode, next: number): number {
  switch (node.kind) {
    case "set":
      return addStep(draft, numberOfPoints(draft, node.points), next);
    case "sequence":
      return node.of.reduceRight((after, part) => build(draft, part, after), next);
    case "alternatives":
      return addChoice(
        draft,
        node.of.map((part) => build(draft, part, next)),
      );
    case "repeat":
      return buildRepeat(draft, node, next);
    case "intersection":
    case "complement":
      return embed(draft, combine(draft.context, node), next);
  }
}

function buildRepeat(
  draft: Draft,
  { of, min, max }: Extract<RegexNode, { kind: "repeat" }>,
  next: number,
): number {
  let start = next;
  if (max === undefined) {
    start = addFree(draft, nowhere, next);
    setNext(draft, start, build(draft, of, start));
  } else {
    for (let copy = min; copy < max; copy += 1)
      start = addFree(draft, build(draft, of, start), next);
  }
  for (let copy = 0; copy < min; copy += 1) start = build(draft, of, start);
  return start;
}

/** `A&B` and `~A` as a deterministic automaton. */
function combine(
  context: Context,
  node: Extract<RegexNode, { kind: "intersection" | "complement" }>,
): Dfa {
  const known = context.known.get(node);
  if (known !== undefined) return known;
  const parts = node.kind === "complement" ? [node.of] : node.of;
  const dfa = determinise(
    parts.map((part) => new StateSets(draftNfa(part, context))),
    context.alphabet.size,
    (accepted) => accepted.every((isAccepted) => isAccepted === (node.kind === "intersection")),
    context.budget,
  );
  if (dfa === undefined) {
    throw new RegexSyntaxError(
      "the operator needs an automaton of more than 10,000 states",
      node.offset,
      "Elasticsearch has a like limit: write the pattern without `&` and `~`, or as two conditions",
    );
  }
  context.known.set(node, dfa);
  return dfa;
}

/** A deterministic automaton as states of this one. */
function embed(draft: Draft, { rows, isAccepting }: Dfa, next: number): number {
  const entries = rows.map(() => addFree(draft, nowhere, nowhere));
  for (const [state, row] of rows.entries()) {
    const classesTo = new Map<number, number[]>();
    for (const [symbol, target] of row.entries()) {
      if (target < 0) continue;
      const classes = classesTo.get(target) ?? [];
      classesTo.set(target, classes);
      classes.push(symbol);
    }
    const ways = [...classesTo].map(([target, classes]) =>
      addStep(draft, numberOfClasses(draft, classes), entries[target] ?? nowhere),
    );
    if (isAccepting[state]) ways.push(next);
    if (ways.length > 0) setNext(draft, entries[state] ?? nowhere, addChoice(draft, ways));
  }
  return entries[0] ?? nowhere;
}

function addChoice(draft: Draft, ways: readonly number[]): number {
  return ways.reduceRight((rest, way) => addFree(draft, way, rest));
}

function addStep(draft: Draft, set: number, next: number): number {
  return addState(draft, set, next, nowhere);
}

function addFree(draft: Draft, next: number, other: number): number {
  return addState(draft, nowhere, next, other);
}

function addState(draft: Draft, consumes: number, next: number, other: number): number {
  const state = draft.consumes.length;
  if (state === mostStates) {
    throw new RegexSyntaxError(
      `the automaton of the pattern has more than ${mostStates} states`,
      0,
    );
  }
  draft.consumes.push(consumes);
  draft.next.push(next);
  draft.other.push(other);
  return state;
}

function setNext(draft: Draft, state: number, next: number): void {
  draft.next[state] = next;
}

function numberOfPoints(draft: Draft, points: CodePoints): number {
  return numberOfClasses(draft, classesOf(draft.context.alphabet, points));
}

function numberOfClasses({ sets, words, numbers }: Draft, classes: readonly number[]): number {
  const key = classes.join();
  const known = numbers.get(key);
  if (known !== undefined) return known;
  const number = numbers.size;
  numbers.set(key, number);
  const bits = new Array<number>(words).fill(0);
  for (const symbol of classes) {
    bits[symbol >> 5] = (bits[symbol >> 5] ?? 0) | (1 << (symbol & 31));
  }
  sets.push(...bits);
  return number;
}
