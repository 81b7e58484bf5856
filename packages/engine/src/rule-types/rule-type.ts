import type { Schema } from "@harrier/lang/ecs";
import type { Plan } from "@harrier/lang/ir";
import type { Diagnostic } from "@harrier/lang/text";
import type { EpochNanos } from "@harrier/lang/values";
import type { Rule, RuleType } from "../rules/index.ts";

/** One type of rule, and all that the engine knows about it. */
export interface RuleTypeDefinition {
  readonly type: RuleType;
  /** The type's name as `kibana.alert.rule.category` has it. */
  readonly category: string;
  /** `kibana.alert.rule.rule_type_id`. */
  readonly ruleTypeId: string;
  readonly compile: (rule: Rule, options: CompileOptions) => Compilation;
}

export interface CompileOptions {
  /** The fields that are known; for a hunt the built-in catalogue. */
  readonly schema: Schema;
  /** A field that the schema does not name is an error, as it is in Elasticsearch. */
  readonly strictFields: boolean;
  /** What `now` means in date constants. Without it a query that says `now` is refused. */
  readonly now?: EpochNanos;
}

/** What became of a rule's query. Exactly one of `plan`, `unsupported`, or an error among `diagnostics`. */
export interface Compilation {
  readonly plan?: Plan;
  /** Why rules like this one cannot run yet, as a sentence without a full stop. */
  readonly unsupported?: string;
  readonly diagnostics: readonly Diagnostic[];
}

export interface CompiledRule extends Compilation {
  readonly rule: Rule;
  readonly type: RuleTypeDefinition;
}
