import type { HuntProfile, PredicateCost, RuleCost } from "../../detect/index.ts";
import type { Colors } from "../terminal.ts";
import { type Layout, tablePrinter } from "./table.ts";
import { visibleText } from "./terminal-text.ts";
import { countOf, formatCount } from "./units.ts";

/** Always evaluated rules that are named; the rest is counted. */
const mostNamed = 10;

/** What looking for matches has cost, for people. All is counted work; nothing is a time. */
export function profileText(
  profile: HuntProfile,
  { width, colors }: { readonly width: number; readonly colors: Colors },
): string {
  const { events, values, newValues, looks, rules } = profile;
  const perEvent = (count: number) => (events === 0 ? "0" : formatRate(count / events));
  const print = <T>(title: string, layout: Layout<T>, records: readonly T[]): string[] => {
    const row = tablePrinter(layout, width, colors.bold);
    return records.length === 0 ? [] : ["", colors.bold(title), ...records.map(row)];
  };
  const lines = [
    `${colors.bold("Profile")} ${countOf(events, "event")}; for each ${perEvent(values)} values looked up, ${perEvent(newValues)} of them new, ${perEvent(looks)} conditions looked at`,
    ...print("Rules whose conditions were looked at most", ruleLayout(events), rules),
    ...print("Predicates worked out one by one", predicateLayout(events), profile.workedOut),
    ...print("Predicates that were true most often", predicateLayout(events), profile.true),
    ...alwaysLines(profile),
  ];
  return `${lines.map((line) => line.replace(/\n$/, "")).join("\n")}\n`;
}

function ruleLayout(events: number): Layout<RuleCost> {
  return {
    columns: [
      count("looks", ({ looks }) => formatCount(looks)),
      count("an event", ({ looks }) => formatRate(looks / events)),
      count("hits", ({ hits }) => formatCount(hits)),
      count("looks a hit", ({ looks, hits }) => (hits === 0 ? "-" : formatRate(looks / hits))),
      {
        title: "rule",
        value: ({ rule, isDeferred }) => (isDeferred ? `${rule.name} (each hit kept)` : rule.name),
      },
    ],
  };
}

function predicateLayout(events: number): Layout<PredicateCost> {
  return {
    columns: [
      count("times", (cost) => formatCount(cost.count)),
      count("an event", (cost) => formatRate(cost.count / events)),
      { title: "predicate", value: ({ text }) => text },
    ],
  };
}

function count<T>(title: string, value: (record: T) => string) {
  return { title, width: 11, alignRight: true, value };
}

function alwaysLines({ alwaysEvaluated }: HuntProfile): string[] {
  if (alwaysEvaluated.length === 0) return [];
  const names = alwaysEvaluated.slice(0, mostNamed).map(({ name }) => `  ${visibleText(name)}`);
  const more = alwaysEvaluated.length - names.length;
  return [
    "",
    `${countOf(alwaysEvaluated.length, "rule")} with a condition that is looked at on every event`,
    ...names,
    ...(more > 0 ? [`  ${formatCount(more)} more`] : []),
  ];
}

function formatRate(rate: number): string {
  return rate >= 100 ? formatCount(Math.round(rate)) : rate.toFixed(2);
}
