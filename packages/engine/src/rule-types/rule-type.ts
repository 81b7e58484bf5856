import type { Schema } from "@harrier/lang/ecs";
import type { Predicate } from "@harrier/lang/ir";
import type { Diagnostic } from "@harrier/lang/text";
import type { CaseFolding, EpochNanos } from "@harrier/lang/values";
import type { Rule, RuleType } from "../rules/index.ts";
import type { RulePlan } from "./rule-plan.ts";

/** One type of rule, and all that the engine knows about it. */
export interface RuleTypeDefinition {
  readonly type: RuleType;
  /** The type's name as `kibana.alert.rule.category` has it. */
  readonly category: string;
  /** `kibana.alert.rule.rule_type_id`. */
  readonly ruleTypeId: string;
  /** Never throws for a bad rule: errors are among the diagnostics. */
  readonly compile: (rule: Rule, options: CompileOptions) => Compilation;
}

export interface CompileOptions {
  /** The fields that are known; for a hunt the built-in catalogue. */
  readonly schema: Schema;
  /** A field that the schema does not name is an error, as it is in Elasticsearch. */
  readonly strictFields: boolean;
  /** How letters are folded where case does not count. Default: `unicode`. */
  readonly folding?: CaseFolding;
  /** What `now` means in date constants. Without it a query that says `now` is refused. */
  readonly now?: EpochNanos;
}

/** What became of a rule's query: a plan, or the reason why there is none. */
export interface Compilation {
  /** Absent where the type is unsupported or there is an error among the diagnostics. */
  readonly plan?: RulePlan;
  /** Why rules of this type cannot run, as a phrase without a full stop. */
  readonly unsupported?: string;
  /** The spans lead into the rule's file. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface CompiledRule extends Compilation {
  readonly rule: Rule;
  readonly type: RuleTypeDefinition;
  /** What keeps an event from the rule: its exception items. Asked apart, so that what it keeps away can be counted. */
  readonly exception?: Predicate;
}

/** The `compile` of a type that cannot run yet. */
export function refuse(reason: string): RuleTypeDefinition["compile"] {
  return () => ({ unsupported: reason, diagnostics: [] });
}
