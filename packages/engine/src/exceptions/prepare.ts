import type { Predicate } from "@harrier/lang/ir";
import type { Diagnostic } from "@harrier/lang/text";
import type { Rule } from "../rules/index.ts";
import { type BindOptions, bindExceptions, endpointListId } from "./bind.ts";
import {
  type CompiledItem,
  type CompileItemsOptions,
  compileItems,
  joinCompiledItems,
} from "./compile.ts";
import type { ExceptionItem, ExceptionSet } from "./exception.ts";
import { runClockOf } from "./expiry.ts";

/** The items of all rules, compiled once. */
export interface PreparedExceptions {
  /** Items that can't be applied: each has an error among the diagnostics, or had one when it was read. */
  readonly unapplied: number;
  readonly diagnostics: readonly Diagnostic[];
  readonly forRule: (rule: Rule) => PreparedRule;
}

export interface PreparedRule {
  /** What keeps an event from the rule. The same object for rules that have the same items. */
  readonly exception: Predicate | undefined;
  readonly items: readonly CompiledItem[];
  /** Warnings about lists that the rule names and nobody has. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Compiles all items, and tells for each rule what they make of it. */
export function prepareExceptions(
  set: ExceptionSet,
  options: CompileItemsOptions & BindOptions,
): PreparedExceptions {
  const { items, unapplied, diagnostics } = compileItems(set.items, options);
  const compiled = new Map<ExceptionItem, CompiledItem>(items.map((each) => [each.item, each]));
  const numbers = new Map(items.map((each, index) => [each, index]));
  const bind = bindExceptions(set, options);
  const joined = new Map<string, Predicate | undefined>();

  const join = (own: readonly CompiledItem[], rule: Rule): Predicate | undefined => {
    const clock = runClockOf(rule);
    const expires = own.some(({ item }) => item.expireTime !== undefined);
    const places = own.map((each) => numbers.get(each)).join(" ");
    const key = expires ? `${places} ${JSON.stringify(clock)}` : places;
    if (!joined.has(key)) joined.set(key, joinCompiledItems(own, clock, options.now));
    return joined.get(key);
  };

  return {
    unapplied: set.refused + unapplied.length,
    diagnostics,
    forRule: (rule) => {
      const bound = bind(rule);
      const own = bound.items.flatMap((item) => compiled.get(item) ?? []);
      return {
        exception: join(own, rule),
        items: own,
        // Every public rule about alerts of Elastic Defend names its list; few have one.
        diagnostics: bound.missing
          .filter(({ listId }) => listId !== endpointListId)
          .map(({ listId }) => warnOfMissing(rule, listId)),
      };
    },
  };
}

function warnOfMissing({ name, spanOf }: Rule, listId: string): Diagnostic {
  return {
    severity: "warning",
    code: "exception/missing-list",
    message: `${name} names the exception list \`${listId}\`, which no file holds`,
    span: spanOf(["exceptions_list"]),
    hint: "name the file that holds it with --exceptions",
  };
}
