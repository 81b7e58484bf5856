import type { CompiledRule } from "../../rule-types/index.ts";
import type { Rule, RuleSuppression, Threat, ThreatMapping, Threshold } from "../../rules/index.ts";
import type { Colors } from "../terminal.ts";
import { outcomeOf } from "./rule-shape.ts";
import { nameValueLines } from "./table.ts";
import { visibleLines, visibleText } from "./terminal-text.ts";
import { wrapText } from "./text-width.ts";
import { countOf } from "./units.ts";

/** A rule as a page, before it is laid out for a terminal or as Markdown. */
export interface RulePage {
  readonly title: string;
  readonly lead: string;
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly sections: readonly PageSection[];
}

interface PageSection {
  readonly title: string;
  /** `code` keeps its lines; `markdown` was written as such by the rule's author; `list` is one item a line. */
  readonly kind: "code" | "markdown" | "list";
  readonly text: string;
}

export function rulePage(compiled: CompiledRule): RulePage {
  const { rule } = compiled;
  const facts: (readonly [string, string])[] = [
    ["Severity", `${rule.severity}, risk score ${rule.riskScore}`],
    ["Type", typeText(rule)],
    ["Runs here", outcomeText(compiled)],
    ["Rule id", rule.ruleId],
    ["Version", String(rule.version)],
    ["Reads", rule.index.join(", ") || "any index"],
    ["Schedule", scheduleText(rule)],
    ...settingFacts(rule),
    [
      "Alerts",
      `at most ${rule.maxSignals} a run${rule.isBuildingBlock ? ", building blocks" : ""}`,
    ],
    ["Tags", rule.tags.join(", ")],
    ["Authors", listParameter(rule, "author").join(", ")],
    ["Licence", listParameter(rule, "license").join(", ")],
    [
      "File",
      rule.origin.line === undefined ? rule.origin.file : `${rule.origin.file}:${rule.origin.line}`,
    ],
  ];
  const sections: PageSection[] = [
    { title: "Query", kind: "code", text: rule.query?.text ?? "" },
    { title: "Filters", kind: "code", text: filtersText(rule.filters) },
    { title: "Indicators", kind: "code", text: rule.threatMatch?.query.text ?? "" },
    {
      title: "Filters of indicators",
      kind: "code",
      text: filtersText(rule.threatMatch?.filters ?? []),
    },
    { title: "Threat", kind: "list", text: rule.threat.flatMap(threatLines).join("\n") },
    { title: "References", kind: "list", text: listParameter(rule, "references").join("\n") },
    {
      title: "False positives",
      kind: "list",
      text: listParameter(rule, "false_positives").join("\n"),
    },
    { title: "Setup", kind: "markdown", text: rule.setup ?? "" },
    { title: "Guide", kind: "markdown", text: rule.note ?? "" },
  ];
  return {
    title: rule.name,
    lead: rule.description,
    facts: facts.filter(([, value]) => value !== ""),
    sections: sections.filter(({ text }) => text.trim() !== ""),
  };
}

function typeText({ type, language }: Rule): string {
  return language === undefined || language === type ? type : `${type} (${language})`;
}

function outcomeText(compiled: CompiledRule): string {
  switch (outcomeOf(compiled)) {
    case "supported":
      return "yes";
    case "unsupported":
      return `no: ${compiled.unsupported}`;
    case "failed":
      return "no: the query has errors, `harrier check` shows them";
  }
}

function scheduleText({ intervalMs, from, to }: Rule): string {
  return `every ${intervalText(intervalMs)}, over ${from} to ${to}`;
}

function filtersText(filters: Rule["filters"]): string {
  return filters.map((filter) => JSON.stringify(filter)).join("\n");
}

/** What rules of some types count and compare, and how alerts are suppressed. */
function settingFacts({
  threshold,
  newTerms,
  threatMatch,
  alertSuppression,
}: Rule): readonly (readonly [string, string])[] {
  return [
    ["Counts", threshold === undefined ? "" : thresholdText(threshold)],
    [
      "New terms",
      newTerms === undefined
        ? ""
        : `${newTerms.fields.join(", ")}, not seen since ${newTerms.historyWindowStart}`,
    ],
    ["Compares", threatMatch?.mapping.map(mappingText).join("; or ") ?? ""],
    ["With", threatMatch?.index.join(", ") ?? ""],
    ["Suppresses", alertSuppression === undefined ? "" : suppressionText(alertSuppression)],
  ];
}

function thresholdText({ fields, value, cardinality }: Threshold): string {
  const by = fields.length === 0 ? "" : ` with the same ${fields.join(", ")}`;
  const distinct =
    cardinality === undefined
      ? ""
      : `, with ${countOf(cardinality.value, "value")} of ${cardinality.field}`;
  return `${countOf(value, "event")}${by}${distinct}`;
}

function mappingText(entries: readonly ThreatMapping[]): string {
  return entries
    .map(({ field, value, negate }) => `${field} ${negate ? "differs from" : "is"} ${value}`)
    .join(" and ");
}

function suppressionText({ groupBy, durationMs, missingFieldsStrategy }: RuleSuppression): string {
  const by = groupBy.length === 0 ? "of the same group" : `with the same ${groupBy.join(", ")}`;
  const within = durationMs === undefined ? "in one run" : `for ${intervalText(durationMs)}`;
  const missing = missingFieldsStrategy === "suppress" ? "" : ", none without them";
  return `alerts ${by} ${within}${missing}`;
}

function intervalText(milliseconds: number): string {
  const units = [
    ["d", 86_400_000],
    ["h", 3_600_000],
    ["m", 60_000],
    ["s", 1000],
  ] as const;
  const unit = units.find(([, size]) => milliseconds % size === 0 && milliseconds >= size);
  return unit === undefined ? `${milliseconds}ms` : `${milliseconds / unit[1]}${unit[0]}`;
}

function threatLines({ tactic, technique }: Threat): string[] {
  return [
    `${tactic.id} ${tactic.name}`,
    ...technique.flatMap((each) => [
      `  ${each.id} ${each.name}`,
      ...each.subtechnique.map((sub) => `    ${sub.id} ${sub.name}`),
    ]),
  ];
}

/** A text or a list of texts of the API's object; anything else counts as none. */
function listParameter({ parameters }: Rule, name: string): string[] {
  const value = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  const values = Array.isArray(value) ? value : [value];
  return values.filter((each) => typeof each === "string");
}

/** The page for a terminal. */
export function pageText(page: RulePage, width: number, colors: Colors): string {
  const wrapped = (text: string) =>
    visibleLines(text)
      .split("\n")
      .flatMap((line) => wrapText(line, width));
  const facts = page.facts.map(([name, value]) => [name, visibleText(value)] as const);
  const blocks = [
    [colors.bold(visibleText(page.title))],
    wrapped(page.lead.trim()),
    nameValueLines(facts, width, colors.dim),
    ...page.sections.map(({ title, kind, text }) => [
      ...(hasOwnTitle(kind, text) ? [] : [colors.bold(title)]),
      // A query must stay as it is, to be copied; a terminal breaks its long lines where it must.
      ...(kind === "code" ? visibleLines(text.trim()).split("\n") : wrapped(text.trim())).map(
        (line) => (kind === "markdown" || line === "" ? line : `  ${line}`),
      ),
    ]),
  ];
  return `${blocks.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

/** Guides mostly begin with a heading of their own. */
function hasOwnTitle(kind: PageSection["kind"], text: string): boolean {
  return kind === "markdown" && text.trimStart().startsWith("#");
}

/** The page as Markdown. Names and values are text; setup and guide are the author's own Markdown. */
export function pageMarkdown(page: RulePage): string {
  const blocks = [
    `# ${plainMarkdown(page.title)}`,
    plainMarkdown(page.lead.trim()),
    [
      "|   |   |",
      "|---|---|",
      ...page.facts.map(([name, value]) => `| ${name} | ${plainMarkdown(value)} |`),
    ].join("\n"),
    ...page.sections.map(sectionMarkdown),
  ];
  return `${blocks.join("\n\n")}\n`;
}

function sectionMarkdown({ title, kind, text }: PageSection): string {
  const visible = visibleLines(text.trim());
  switch (kind) {
    case "code": {
      const fence = fenceFor(visible);
      return `## ${title}\n\n${fence}\n${visible}\n${fence}`;
    }
    case "list": {
      const items = visible.split("\n").map((line) => {
        const depth = line.length - line.trimStart().length;
        return `${" ".repeat(depth)}- ${plainMarkdown(line.trim())}`;
      });
      return `## ${title}\n\n${items.join("\n")}`;
    }
    case "markdown":
      return hasOwnTitle(kind, text) ? visible : `## ${title}\n\n${visible}`;
    default: {
      const never: never = kind;
      return never;
    }
  }
}

/** Text that Markdown takes as text, on one line: nothing in it is a link, an image, HTML or a table's border. */
function plainMarkdown(text: string): string {
  return visibleText(text.replaceAll(/\s*\n\s*/g, " "))
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(/[\\`*_[\]|~]/g, (mark) => `\\${mark}`)
    .replace(/^([#>+-]|\d+[.)])/, "\\$1");
}

/** More backquotes than any run in the text. */
function fenceFor(text: string): string {
  const runs = text.match(/`+/g) ?? [];
  return "`".repeat(Math.max(3, ...runs.map((run) => run.length + 1)));
}
