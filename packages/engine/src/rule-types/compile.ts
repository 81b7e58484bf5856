import type { Rule } from "../rules/index.ts";
import type { CompiledRule, CompileOptions } from "./rule-type.ts";

/** Compiles a rule's query by the rule's type. Never throws for a bad rule: errors are among the diagnostics. */
export function compileRule(rule: Rule, options: CompileOptions): CompiledRule {
  throw new Error(`not wired yet: ${rule.name} ${options.strictFields}`);
}
