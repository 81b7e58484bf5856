import { compareText } from "./text.ts";

/** A version's parts. Build metadata does not count in the order and is left out. */
interface Version {
  readonly numbers: readonly string[];
  /** Undefined for a release. */
  readonly preRelease: readonly string[] | undefined;
}

/**
 * Order of texts in a `version` field (eql-semantics 9.6): numbers by value, a pre-release before its
 * release, fewer numbers before more (`1` < `1.0`), build metadata ignored. Texts that are no version
 * go after all versions, by code point.
 */
export function compareVersions(a: string, b: string): number {
  const left = parseVersion(a);
  const right = parseVersion(b);
  if (left === undefined || right === undefined) {
    if (left !== undefined) return -1;
    return right !== undefined ? 1 : compareText(a, b);
  }
  return (
    compareParts(left.numbers, right.numbers, compareDigits) ||
    comparePreReleases(left.preRelease, right.preRelease)
  );
}

/** Semantic versioning 2.0.0, but with any number of numbers, as Elasticsearch takes it. */
function parseVersion(text: string): Version | undefined {
  const plus = text.indexOf("+");
  const withoutBuild = plus < 0 ? text : text.slice(0, plus);
  const dash = withoutBuild.indexOf("-");
  const numbers = (dash < 0 ? withoutBuild : withoutBuild.slice(0, dash)).split(".");
  const preRelease = dash < 0 ? undefined : withoutBuild.slice(dash + 1).split(".");
  const build = plus < 0 ? [] : text.slice(plus + 1).split(".");
  const isVersion =
    numbers.every((part) => /^(?:0|[1-9]\d*)$/.test(part)) &&
    (preRelease ?? []).every((part) => isIdentifier(part) && !/^0\d+$/.test(part)) &&
    build.every(isIdentifier);
  return isVersion ? { numbers, preRelease } : undefined;
}

function isIdentifier(part: string): boolean {
  return /^[0-9A-Za-z-]+$/.test(part);
}

function comparePreReleases(
  a: readonly string[] | undefined,
  b: readonly string[] | undefined,
): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  return compareParts(a, b, compareIdentifiers);
}

function compareParts(
  a: readonly string[],
  b: readonly string[],
  compare: (a: string, b: string) => number,
): number {
  for (const [index, part] of a.entries()) {
    const other = b[index];
    if (other === undefined) return 1;
    const order = compare(part, other);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** Numbers go before words. */
function compareIdentifiers(a: string, b: string): number {
  const isNumberA = /^\d+$/.test(a);
  const isNumberB = /^\d+$/.test(b);
  if (isNumberA !== isNumberB) return isNumberA ? -1 : 1;
  return isNumberA ? compareDigits(a, b) : compareText(a, b);
}

/** Digits without leading zeros, of any length: the longer is the greater. */
function compareDigits(a: string, b: string): number {
  return a.length - b.length || compareText(a, b);
}
