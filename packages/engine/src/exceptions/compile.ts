import type { Schema } from "@harrier/lang/ecs";
import type { Predicate } from "@harrier/lang/ir";
import type { Diagnostic } from "@harrier/lang/text";
import type { EpochNanos } from "@harrier/lang/values";
import { compileEntry, type EntryContext } from "./compile-entry.ts";
import type { ExceptionItem, OsType, ValueList } from "./exception.ts";
import { isInForce, type RunClock } from "./expiry.ts";
import { reportOn } from "./finding.ts";
import { type Conjunction, joinItems } from "./merge-items.ts";

export interface CompileItemsOptions {
  readonly schema: Schema;
  /** By id. */
  readonly valueLists: ReadonlyMap<string, ValueList>;
  /** What `now` means in date math, and the time of events that have none. */
  readonly now: EpochNanos;
}

/** An item, and the conditions that must all hold for it, but for its expiry. */
export interface CompiledItem {
  readonly item: ExceptionItem;
  readonly conditions: Conjunction;
}

export interface CompiledItems {
  /** In the order given, without those that can't be applied. */
  readonly items: readonly CompiledItem[];
  /** Items that can't be applied: each has an error among the diagnostics. */
  readonly unapplied: readonly ExceptionItem[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Compiles items, each by itself. */
export function compileItems(
  items: readonly ExceptionItem[],
  options: CompileItemsOptions,
): CompiledItems {
  const compiled: CompiledItem[] = [];
  const unapplied: ExceptionItem[] = [];
  const diagnostics: Diagnostic[] = [];
  const shared = { ...options, listed: new Map(), told: new Set<string>() };
  for (const item of items) {
    const report = reportOn(item, (diagnostic) => diagnostics.push(diagnostic));
    const conditions = compileItem(item, { ...shared, report });
    if (conditions === undefined) unapplied.push(item);
    else compiled.push({ item, conditions });
  }
  return { items: compiled, unapplied, diagnostics };
}

/** Whether any of the items holds for an event, in a rule whose runs are timed so; `undefined` without items. */
export function joinCompiledItems(
  items: readonly CompiledItem[],
  clock: RunClock,
  now: EpochNanos,
): Predicate | undefined {
  if (items.length === 0) return undefined;
  return joinItems(items.map((item) => conditionsOf(item, clock, now)));
}

/** All conditions of an item, its expiry among them. */
export function conditionsOf(
  { item, conditions }: CompiledItem,
  clock: RunClock,
  now: EpochNanos,
): Conjunction {
  const { expireTime } = item;
  return expireTime === undefined ? conditions : [...conditions, isInForce(expireTime, clock, now)];
}

export interface CompileExceptionsOptions extends CompileItemsOptions {
  readonly clock: RunClock;
}

/** All items of a rule as one condition on an event. */
export function compileExceptions(
  items: readonly ExceptionItem[],
  options: CompileExceptionsOptions,
): { readonly predicate: Predicate | undefined; readonly diagnostics: readonly Diagnostic[] } {
  const compiled = compileItems(items, options);
  const predicate = joinCompiledItems(compiled.items, options.clock, options.now);
  return { predicate, diagnostics: compiled.diagnostics };
}

function compileItem(item: ExceptionItem, context: EntryContext): Conjunction | undefined {
  const conditions: Predicate[] = item.osTypes.length > 0 ? [isOnSystem(item.osTypes)] : [];
  let isSound = true;
  for (const [index, entry] of item.entries.entries()) {
    const condition = compileEntry(entry, ["entries", index], context);
    if (condition === undefined) isSound = false;
    else conditions.push(condition);
  }
  return isSound ? conditions : undefined;
}

/** The type of the system, or its name in any case (detection-semantics 6.2). */
function isOnSystem(values: readonly OsType[]): Predicate {
  const type = { path: "host.os.type", type: "keyword" } as const;
  const name = { path: "host.os.name", type: "keyword" } as const;
  return {
    kind: "any",
    of: [
      { kind: "equals", field: type, values, fold: false },
      { kind: "equals", field: name, values, fold: true },
    ],
  };
}
