import { compileWildcard } from "@harrier/lang/values";

/** Whether an index is among those that a rule names. */
export type IndexMatcher = (index: string) => boolean;

/**
 * Index patterns with Elasticsearch's meaning: `*` is any run, a comma separates, a leading `-` takes
 * out of what the patterns before it let in, `cluster:pattern` names indices of other clusters and
 * only those. A name that starts with a dot is met only by a pattern that does. No pattern matches nothing.
 */
export function compileIndexPatterns(patterns: readonly string[]): IndexMatcher {
  const parts = patterns
    .flatMap((pattern) => pattern.split(","))
    .map((pattern) => pattern.trim())
    .filter((pattern) => pattern !== "")
    .map(compilePart);
  return (index) => {
    const name = splitCluster(index);
    return parts.reduce((isIn, { excludes, matches }) => (matches(name) ? !excludes : isIn), false);
  };
}

interface Part {
  readonly excludes: boolean;
  readonly matches: (name: IndexName) => boolean;
}

interface IndexName {
  /** Empty for the cluster that is asked. */
  readonly cluster: string;
  readonly name: string;
}

function compilePart(pattern: string): Part {
  const whole = pattern.startsWith("-") ? pattern.slice(1) : pattern;
  const { cluster, name } = splitCluster(whole);
  const local = name.startsWith("-") ? name.slice(1) : name;
  const matchesCluster = compileWildcard(cluster, false, "ascii");
  const matchesName = compileWildcard(local, false, "ascii");
  const showsHidden = local.startsWith(".") || !local.includes("*");
  return {
    excludes: whole !== pattern || local !== name,
    matches: (index) =>
      (cluster === "") === (index.cluster === "") &&
      matchesCluster(index.cluster) &&
      (showsHidden || !index.name.startsWith(".")) &&
      matchesName(index.name),
  };
}

function splitCluster(text: string): IndexName {
  const colon = text.indexOf(":");
  return { cluster: text.slice(0, Math.max(0, colon)), name: text.slice(colon + 1) };
}
