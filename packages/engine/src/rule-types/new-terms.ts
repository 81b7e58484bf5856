import { compileOwnSearch } from "./condition.ts";
import { resolveFields } from "./plan-field.ts";
import type { Compilation, RuleTypeDefinition } from "./rule-type.ts";

/** Values, alone or together, that were not there before (detection-semantics 3.3). */
export const newTerms: RuleTypeDefinition = {
  type: "new_terms",
  category: "New Terms Rule",
  ruleTypeId: "siem.newTermsRule",
  compile: (rule, options): Compilation => {
    const { newTerms: asked } = rule;
    const { condition, diagnostics: found } = compileOwnSearch(rule, options);
    const named = (asked?.fields ?? []).map((name, index) => {
      return { name, path: ["new_terms_fields", index] };
    });
    const { fields, diagnostics } = resolveFields(named, rule, options);
    const all = [...found, ...diagnostics];
    if (asked === undefined || condition === undefined || fields === undefined) {
      return { diagnostics: all };
    }
    const { historyWindowStart } = asked;
    return { plan: { kind: "new_terms", condition, fields, historyWindowStart }, diagnostics: all };
  },
};
