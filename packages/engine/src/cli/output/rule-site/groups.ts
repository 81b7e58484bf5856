import type { CompiledItem } from "../../../exceptions/index.ts";
import type { CompiledRule } from "../../../rule-types/index.ts";
import { type SiteIndex, siteIndexes } from "./indexes.ts";
import { namePages } from "./page-names.ts";

/** A rule of a site, and where its page is, from the site's folder. */
export interface SiteRule {
  readonly compiled: CompiledRule;
  readonly exceptions: readonly CompiledItem[];
  readonly path: string;
}

/** Rules that have something in common, and where they are listed. */
export interface RuleGroup {
  /** As rules have it. */
  readonly name: string;
  /** As the site shows it. */
  readonly title: string;
  readonly path: string;
  readonly rules: readonly SiteRule[];
}

export interface GroupedIndex {
  readonly index: SiteIndex;
  readonly path: string;
  readonly groups: readonly RuleGroup[];
}

/** The rules by name, whatever files they are from, each with a page of its own. */
export function placeRules(
  rules: readonly CompiledRule[],
  exceptionsOf: (rule: CompiledRule) => readonly CompiledItem[],
): readonly SiteRule[] {
  const sorted = [...rules].sort(
    (left, right) =>
      compareText(left.rule.name.toLowerCase(), right.rule.name.toLowerCase()) ||
      compareText(left.rule.name, right.rule.name) ||
      compareText(left.rule.ruleId, right.rule.ruleId),
  );
  const names = namePages(sorted.map(({ rule }) => ({ name: rule.name, id: rule.ruleId })));
  return sorted.map((compiled, place) => ({
    compiled,
    exceptions: exceptionsOf(compiled),
    path: `rules/${names[place]}.html`,
  }));
}

export function groupRules(rules: readonly SiteRule[]): readonly GroupedIndex[] {
  return siteIndexes.map((index) => ({
    index,
    path: `${index.name}/index.html`,
    groups: groupsOf(index, rules),
  }));
}

function groupsOf(index: SiteIndex, rules: readonly SiteRule[]): readonly RuleGroup[] {
  const byName = new Map<string, SiteRule[]>();
  for (const rule of rules) {
    const own = [...new Set(index.groupsOf(rule.compiled).filter((name) => name.trim() !== ""))];
    for (const name of own.length === 0 ? [index.none ?? "none"] : own) {
      const group = byName.get(name);
      if (group === undefined) byName.set(name, [rule]);
      else group.push(rule);
    }
  }
  const names = sortNames([...byName.keys()], index);
  const { prefix = "" } = index;
  const titles = names.map((name) => (name.startsWith(prefix) ? name.slice(prefix.length) : name));
  const files = namePages(titles.map((name) => ({ name, id: name })));
  return names.map((name, place) => ({
    name,
    title: titles[place] ?? name,
    path: `${index.name}/${files[place]}.html`,
    rules: byName.get(name) ?? [],
  }));
}

function sortNames(names: readonly string[], { order = [], none }: SiteIndex): readonly string[] {
  const rankOf = (name: string): number => {
    if (name === none) return order.length + 1;
    const rank = order.indexOf(name);
    return rank === -1 ? order.length : rank;
  };
  return [...names].sort((left, right) => rankOf(left) - rankOf(right) || compareText(left, right));
}

/** By code units: the same on every machine. */
function compareText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
