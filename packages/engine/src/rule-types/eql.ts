import { compileEql } from "@harrier/lang/eql";
import type { Source } from "@harrier/lang/text";
import type { RuleTypeDefinition } from "./rule-type.ts";

/** EQL: single events, sequences, samples. */
export const eql: RuleTypeDefinition = {
  type: "eql",
  category: "Event Correlation Rule",
  ruleTypeId: "siem.eqlRule",
  compile: (rule, { schema, ...options }) => {
    const { eventCategoryOverride: categoryField } = rule;
    const nothing: Source = { name: rule.origin.file, text: "" };
    const { plan, diagnostics } = compileEql(rule.query ?? nothing, schema, {
      ...options,
      ...(categoryField === undefined ? {} : { categoryField }),
    });
    return { ...(plan === undefined ? {} : { plan }), diagnostics };
  },
};
