import { compileWildcard } from "@harrier/lang/values";
import { type Rule, severities } from "../rules/index.ts";
import { UsageError } from "./exit.ts";
import type { RuleOptions } from "./options.ts";

/** Which rules the options ask for, and whether they asked for one that is not there. */
export interface RuleFilter {
  readonly select: (rule: Rule) => boolean;
  /** Throws a `UsageError` for a `--rule` or `--tag` that no rule has had so far. */
  readonly checkAllMet: () => void;
}

/** Patterns fold case: names are prose, and nobody remembers their capitals. */
export function ruleFilter({ rule: ids, tag: tags, minSeverity }: RuleOptions): RuleFilter {
  const idPatterns = patternsOf("--rule", ids);
  const tagPatterns = patternsOf("--tag", tags);
  const least = minSeverity === undefined ? 0 : severities.indexOf(minSeverity);
  const select = (rule: Rule) => {
    // Every pattern is tried, also where an earlier one decides: each notes that a rule has met it.
    const byId = meetsAny(idPatterns, [rule.ruleId, rule.name]);
    const byTag = meetsAny(tagPatterns, rule.tags);
    return byId && byTag && severities.indexOf(rule.severity) >= least;
  };
  return {
    select,
    checkAllMet: () => {
      const unmet = [...idPatterns, ...tagPatterns].find((pattern) => !pattern.met);
      if (unmet === undefined) return;
      throw new UsageError(
        `no rule matches ${unmet.option} ${unmet.text}`,
        "`harrier rules list --rules DIR` shows names, ids and, with -v, tags",
      );
    },
  };
}

interface Pattern {
  readonly option: string;
  readonly text: string;
  readonly matches: (value: string) => boolean;
  /** Set when a rule has matched. */
  met: boolean;
}

function patternsOf(option: string, texts: readonly string[]): Pattern[] {
  return texts.map((text) => ({
    option,
    text,
    matches: compileWildcard(text, true, "unicode"),
    met: false,
  }));
}

function meetsAny(patterns: readonly Pattern[], values: readonly string[]): boolean {
  for (const pattern of patterns) pattern.met ||= values.some(pattern.matches);
  return patterns.length === 0 || patterns.some(({ matches }) => values.some(matches));
}
