import type { Schema } from "@harrier/lang/ecs";
import { ConditionSet, fieldValues } from "@harrier/lang/match";
import { hasErrors } from "@harrier/lang/text";
import type { CaseFolding, FieldPath } from "@harrier/lang/values";
import type { IngestedEvent } from "../ingest/index.ts";
import type { CompiledRule } from "../rule-types/index.ts";
import type { Rule } from "../rules/index.ts";
import { prepareRules, type RunningRule } from "./running-rule.ts";
import type { CannotFireReason } from "./summary.ts";
import { makeWatchList, type WatchList } from "./watch-list.ts";
import { withIdentity } from "./with-identity.ts";

/** Whether a rule could fire on the events. What it does on them only a hunt tells. */
export type RulePossibility =
  | { readonly kind: "possible"; readonly rule: Rule }
  | {
      readonly kind: "cannot-fire";
      readonly rule: Rule;
      readonly reasons: readonly CannotFireReason[];
    }
  | { readonly kind: "unsupported"; readonly rule: Rule; readonly reason: string }
  | { readonly kind: "failed"; readonly rule: Rule };

/**
 * Which rules have all the fields that they need on some events, each field on any of them. Says no only
 * where a hunt over the same events could not alert, whatever their values are.
 */
export class RuleCoverage {
  readonly #rules: readonly CompiledRule[];
  readonly #running: ReadonlyMap<number, RunningRule>;
  readonly #watchList: WatchList;
  readonly #conditions: ConditionSet;
  /** Fields that steps are joined and counted by, and that no event has had yet. */
  readonly #unseenKeys: Set<FieldPath>;

  constructor(rules: readonly CompiledRule[], options: { schema: Schema; folding: CaseFolding }) {
    const running = prepareRules(rules, { schema: options.schema, isCapped: false });
    this.#rules = rules;
    this.#running = new Map(running.map((rule) => [rule.place, rule]));
    this.#watchList = makeWatchList(running);
    this.#conditions = new ConditionSet(this.#watchList.conditions, { folding: options.folding });
    this.#unseenKeys = new Set(
      [...this.#watchList.needs.keys()].flatMap((place) => this.#keysOf(place)),
    );
  }

  see(event: IngestedEvent): void {
    const { document } = event;
    this.#conditions.match(this.#watchList.readsIdentity ? withIdentity(event) : document);
    for (const path of this.#unseenKeys) {
      if (fieldValues(document, path).length > 0) this.#unseenKeys.delete(path);
    }
  }

  /** In the order of the rules. */
  judge(): readonly RulePossibility[] {
    return this.#rules.map(({ rule, unsupported, diagnostics }, place) => {
      if (unsupported !== undefined) return { kind: "unsupported", rule, reason: unsupported };
      if (!this.#running.has(place) || hasErrors(diagnostics)) return { kind: "failed", rule };
      const reasons = this.#reasonsOf(place);
      return reasons.length === 0
        ? { kind: "possible", rule }
        : { kind: "cannot-fire", rule, reasons };
    });
  }

  #reasonsOf(place: number): readonly CannotFireReason[] {
    const need = this.#watchList.needs.get(place);
    const reasons: readonly CannotFireReason[] = [
      ...(need?.conditions ?? []).flatMap((condition) => this.#conditions.neverSeen(condition)),
      ...this.#keysOf(place)
        .filter((path) => this.#unseenKeys.has(path))
        .map((field): CannotFireReason => ({ what: "field", field })),
    ];
    return [...new Map(reasons.map((reason) => [JSON.stringify(reason), reason])).values()];
  }

  /** What every match of the rule needs to be joined or counted by. */
  #keysOf(place: number): readonly FieldPath[] {
    const taps = this.#watchList.needs.get(place)?.taps ?? [];
    return taps.flatMap(({ step }) =>
      step.keys.filter(({ optional }) => !optional).map(({ field }) => field.path),
    );
  }
}
