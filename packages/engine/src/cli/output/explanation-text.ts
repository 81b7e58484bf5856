import type { Explanation, FieldValue, JoinKey } from "@harrier/lang/match";
import type {
  EventExplanation,
  FieldChange,
  ItemExplanation,
  RuleExplanation,
  SequenceState,
  StepExplanation,
} from "../../detect/index.ts";
import type { Colors } from "../terminal.ts";
import { clauseText, literal } from "./clause-text.ts";
import { countLines } from "./count-text.ts";
import { visibleText } from "./terminal-text.ts";
import { wrapText } from "./text-width.ts";
import { countOf } from "./units.ts";

export interface ExplanationOptions {
  readonly width: number;
  readonly colors: Colors;
  /** Long lists whole. */
  readonly isVerbose: boolean;
  /** For a match, too, the change that would make it none; without it only where it is verbose. */
  readonly showsWayOut?: boolean;
}

const valuesShown = 5;
const markWidth = 5;

/** Why a rule matches events or does not: for each event its clauses, each with its verdict and the values that decided. */
export function explanationText(explanation: RuleExplanation, options: ExplanationOptions): string {
  const { steps, rule, matches, exceptions, states, counts } = explanation;
  const { colors } = options;
  const lines = [colors.bold(visibleText(rule.rule.name)), ""];
  const events = steps[0]?.events ?? [];
  for (const [place, { event }] of events.entries()) {
    lines.push(colors.bold(visibleText(placeText(event))));
    for (const [index, step] of steps.entries()) {
      const explained = step.events[place];
      if (explained === undefined) continue;
      lines.push(...stepLines(step, index, explained, options));
    }
    for (const item of exceptions[place] ?? []) lines.push(...exceptionLines(item, options));
    for (const state of states?.get(place) ?? []) lines.push(...stateLines(state, options));
    lines.push("");
  }
  if (counts === undefined) {
    lines.push(...matchLines(matches, events));
  } else {
    const places = events.map(({ event }) => placeText(event));
    const text = countLines(
      counts,
      places,
      options.isVerbose ? Number.POSITIVE_INFINITY : valuesShown,
    );
    lines.push(...text.flatMap((line) => wrapped(visibleText(line), 0, options)));
  }
  return `${lines.join("\n")}\n`;
}

function placeText({ input, position }: EventExplanation["event"]): string {
  return `${input}:${position}`;
}

function stepLines(
  step: StepExplanation,
  index: number,
  { condition, keys, missingKeys, flip }: EventExplanation,
  options: ExplanationOptions,
): string[] {
  if (step.role === "event") {
    const lines = [...clauseLines(condition, 1, options), ...flipLines(condition, flip, options)];
    if (!condition.verdict || missingKeys.length === 0) return lines;
    const note = `is not counted: the event has no ${missingKeys.join(", ")}`;
    return [...lines, ...wrapped(visibleText(note), 2 + markWidth, options)];
  }
  const name = step.role === "until" ? "until" : `step ${index + 1}`;
  const role = step.role === "missing" ? " (must not happen)" : "";
  const lines = [`  ${name}${role}`, ...clauseLines(condition, 2, options)];
  const note = keyText(keys, missingKeys);
  if (note !== "") lines.push(...wrapped(visibleText(note), 4 + markWidth, options));
  return lines;
}

/** What waits after an event. */
function stateLines(
  { key, awaited, completed }: SequenceState,
  options: ExplanationOptions,
): string[] {
  const by = key.length === 0 ? "" : ` by ${key.map((part) => literal(part)).join(", ")}`;
  const waits = awaited.map((step) => `step ${step + 1}`).join(" and ");
  const parts = [
    ...(completed > 0 ? [`${countOf(completed, "sequence")} complete`] : []),
    waits === "" ? "nothing waits" : `one waits for ${waits}`,
  ];
  return wrapped(visibleText(`after it${by}: ${parts.join(", ")}`), 2, options);
}

/** What would turn the verdict round. */
function flipLines(
  { verdict }: Explanation,
  flip: readonly FieldChange[] | undefined,
  options: ExplanationOptions,
): string[] {
  const isAsked = !verdict || options.isVerbose || options.showsWayOut === true;
  if (flip === undefined || flip.length === 0 || !isAsked) return [];
  const changes = flip.map(({ field, value }) =>
    value === undefined ? `no ${field}` : `${field} = ${JSON.stringify(value)}`,
  );
  const text = `${verdict ? "would not match" : "would match"} with ${changes.join(" and ")}`;
  return wrapped(visibleText(text), 2 + markWidth, options);
}

/** An item that keeps the event from the rule, or would if case did not count. */
function exceptionLines(
  { item, outcome, explanation }: ItemExplanation,
  options: ExplanationOptions,
): string[] {
  const name = `${item.name} (${item.source.name})`;
  const head =
    outcome === "holds"
      ? `excepted by ${name}`
      : `not excepted by ${name}, which differs only in letter case`;
  return [
    ...wrapped(visibleText(head), 2, options),
    ...explanation.of.flatMap((clause) => clauseLines(clause, 2, options)),
  ];
}

function keyText(keys: readonly JoinKey[], missingKeys: readonly string[]): string {
  if (missingKeys.length > 0) return `cannot join: the event has no ${missingKeys.join(", ")}`;
  const named = keys.filter((key) => key.length > 0);
  if (named.length === 0) return "";
  const texts = named
    .slice(0, valuesShown)
    .map((key) => key.map((part) => literal(part)).join(", "));
  const more = named.length > valuesShown ? ` … ${named.length - valuesShown} more` : "";
  return `joins by ${texts.join(" or ")}${more}`;
}

/** A tree of clauses; a mark in front of each, the values below it. */
function clauseLines(
  explanation: Explanation,
  depth: number,
  options: ExplanationOptions,
): string[] {
  const { verdict, predicate, of } = explanation;
  const { colors, isVerbose } = options;
  const limit = isVerbose ? Number.POSITIVE_INFINITY : valuesShown;
  const indent = "  ".repeat(Math.min(depth, deepest));
  const mark = verdict ? colors.green("yes".padEnd(markWidth)) : colors.red("no".padEnd(markWidth));
  const [first = "", ...others] = wrapped(
    visibleText(clauseText(predicate, limit)),
    indent.length + markWidth,
    options,
  );
  const lines = [`${indent}${mark}${first.trimStart()}`, ...others];
  const values = valuesText(explanation, limit);
  if (values !== "") {
    const below = wrapped(visibleText(values), indent.length + markWidth + 2, options);
    lines.push(...below.map((line) => colors.dim(line)));
  }
  // "none of" says it for the `any` below `not`.
  const parts = predicate.kind === "not" && predicate.of.kind === "any" ? (of[0]?.of ?? []) : of;
  for (const part of parts) lines.push(...clauseLines(part, depth + 1, options));
  return lines;
}

/** Deeper clauses stay at this depth, so that some of the line is left for them. */
const deepest = 12;

function valuesText(
  { predicate, fields, deciding, verdict, of }: Explanation,
  limit: number,
): string {
  const [only, ...others] = fields;
  if (predicate.kind === "nested" && of.length === 0) return "the event has no such object";
  if (only === undefined) return deciding.length > 0 ? `has ${listValues(deciding, limit)}` : "";
  if (others.length === 0) {
    if (only.values.length === 0) return "the event has no such field";
    return `has ${listValues(verdict && deciding.length > 0 ? deciding : only.values, limit)}`;
  }
  return fields
    .map(({ path, values }) =>
      values.length === 0 ? `no ${path}` : `${path} has ${listValues(values, limit)}`,
    )
    .join("; ");
}

function listValues(values: readonly (FieldValue | null)[], limit: number): string {
  // As JSON has them: a number of an event is neither whole nor broken by how it is written.
  const shown = values
    .slice(0, limit)
    .map((value) => (typeof value === "bigint" ? String(value) : JSON.stringify(value)));
  const hidden = values.length - shown.length;
  return hidden > 0 ? `${shown.join(", ")} … ${hidden} more` : shown.join(", ");
}

function matchLines(
  matches: RuleExplanation["matches"],
  events: readonly EventExplanation[],
): string[] {
  if (matches.length === 0) return [`No match in ${countOf(events.length, "event")}.`];
  const places = matches.map((match) =>
    match
      .filter((place) => place !== undefined)
      .map((place) => events[place])
      .filter((explained) => explained !== undefined)
      .map(({ event }) => visibleText(placeText(event)))
      .join(", "),
  );
  return [
    `${countOf(matches.length, "match", "matches")} in ${countOf(events.length, "event")}:`,
    ...places.map((text) => `  ${text}`),
  ];
}

function wrapped(text: string, indent: number, { width }: ExplanationOptions): string[] {
  return wrapText(text, Math.max(20, width - indent)).map((line) => " ".repeat(indent) + line);
}
