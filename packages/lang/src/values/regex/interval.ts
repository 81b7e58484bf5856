import type { RegexNode } from "./tree.ts";

/**
 * What `<low-high>` matches: decimal numbers between the two, in either order. Written with equally many
 * digits both ends ask for exactly that width; otherwise any number of leading zeros is fine (as in Lucene).
 */
export function intervalNode(low: string, high: string): { node: RegexNode; size: number } {
  const [least, most] = Number(low) <= Number(high) ? [low, high] : [high, low];
  if (low.length === high.length) {
    const branches = between(least, most);
    return { node: { kind: "alternatives", of: branches }, size: sizeOf(branches) };
  }
  const plainLeast = String(Number(least));
  const plainMost = String(Number(most));
  const branches: RegexNode[] = [];
  for (let width = plainLeast.length; width <= plainMost.length; width += 1) {
    const from = width === plainLeast.length ? plainLeast : `1${"0".repeat(width - 1)}`;
    const to = width === plainMost.length ? plainMost : "9".repeat(width);
    branches.push(...between(from, to));
  }
  const zeros: RegexNode = { kind: "repeat", of: digitNode("0", "0"), min: 0, max: undefined };
  const number: RegexNode = { kind: "alternatives", of: branches };
  return { node: { kind: "sequence", of: [zeros, number] }, size: sizeOf(branches) + 2 };
}

/** Numbers of one width from `low` to `high`, as sequences of digit classes. */
function between(low: string, high: string): RegexNode[] {
  let shared = 0;
  while (shared < low.length && low[shared] === high[shared]) shared += 1;
  const prefix = low.slice(0, shared);
  if (shared === low.length) return [sequence(prefix)];
  const lowDigit = Number(low[shared]);
  const highDigit = Number(high[shared]);
  const rest = low.length - shared - 1;
  const branches: RegexNode[] = [];
  branches.push(...atLeast(low, shared + 1), ...atMost(high, shared + 1));
  if (highDigit - lowDigit > 1) {
    branches.push(sequence(prefix, [lowDigit + 1, highDigit - 1], rest));
  }
  return branches;
}

/** Numbers that share the first `fixed` digits with `low` and are not below it. */
function atLeast(low: string, fixed: number): RegexNode[] {
  const branches = [sequence(low)];
  for (let index = fixed; index < low.length; index += 1) {
    const digit = Number(low[index]);
    if (digit < 9) {
      branches.push(sequence(low.slice(0, index), [digit + 1, 9], low.length - index - 1));
    }
  }
  return branches;
}

function atMost(high: string, fixed: number): RegexNode[] {
  const branches = [sequence(high)];
  for (let index = fixed; index < high.length; index += 1) {
    const digit = Number(high[index]);
    if (digit > 0) {
      branches.push(sequence(high.slice(0, index), [0, digit - 1], high.length - index - 1));
    }
  }
  return branches;
}

/** The digits of `prefix`, then one digit of a range, then `rest` digits of any kind. */
function sequence(prefix: string, range?: readonly [number, number], rest = 0): RegexNode {
  const of = [...prefix].map((digit) => digitNode(digit, digit));
  if (range !== undefined) of.push(digitNode(String(range[0]), String(range[1])));
  for (let index = 0; index < rest; index += 1) of.push(digitNode("0", "9"));
  return { kind: "sequence", of };
}

function digitNode(first: string, last: string): RegexNode {
  return { kind: "set", points: [[first.charCodeAt(0), last.charCodeAt(0)]] };
}

function sizeOf(branches: readonly RegexNode[]): number {
  return branches.reduce(
    (sum, branch) => sum + (branch.kind === "sequence" ? branch.of.length : 1),
    1,
  );
}
