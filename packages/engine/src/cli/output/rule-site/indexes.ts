import type { CompiledRule } from "../../../rule-types/index.ts";
import { attackTactics, severities } from "../../../rules/index.ts";
import { indicesOf, outcomeText, typeText } from "../rule-page/facts.ts";

/** A way to look rules up: each rule is in any number of groups. */
export interface SiteIndex {
  /** Also the name of its folder. */
  readonly name: string;
  readonly title: string;
  /** The fact of a rule's page whose values are groups. */
  readonly fact?: string;
  readonly groupsOf: (rule: CompiledRule) => readonly string[];
  /** What all groups begin with, and is not said again for each. */
  readonly prefix?: string;
  /** Groups that come first, in this order; the rest by name. */
  readonly order?: readonly string[];
  /** The group of rules that are in no other. */
  readonly none?: string;
}

export const siteIndexes: readonly SiteIndex[] = [
  {
    name: "tactics",
    title: "Tactics",
    groupsOf: ({ rule }) => rule.threat.map(({ tactic }) => tactic.name),
    order: attackTactics.map(({ name }) => name),
    none: "No tactic",
  },
  {
    name: "platforms",
    title: "Platforms",
    fact: "Tags",
    groupsOf: tagsWith(["OS: ", "Domain: "]),
    none: "No platform",
  },
  {
    name: "sources",
    title: "Data sources",
    fact: "Tags",
    groupsOf: tagsWith(["Data Source: "]),
    prefix: "Data Source: ",
    none: "No data source",
  },
  {
    name: "indices",
    title: "Indices",
    fact: "Indices",
    groupsOf: ({ rule }) => indicesOf(rule),
    none: "No indices",
  },
  { name: "types", title: "Types", fact: "Type", groupsOf: ({ rule }) => [typeText(rule)] },
  {
    name: "severities",
    title: "Severities",
    fact: "Severity",
    groupsOf: ({ rule }) => [rule.severity],
    order: [...severities].reverse(),
  },
  {
    name: "runs-here",
    title: "Runs here",
    fact: "Runs here",
    groupsOf: (compiled) => [outcomeText(compiled)],
    order: ["yes"],
  },
];

function tagsWith(starts: readonly string[]): SiteIndex["groupsOf"] {
  return ({ rule }) => rule.tags.filter((tag) => starts.some((start) => tag.startsWith(start)));
}
