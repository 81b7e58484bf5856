import type { Schema } from "@harrier/lang/ecs";
import type { Diagnostic } from "@harrier/lang/text";
import type { Rule } from "../../rules/index.ts";
import { bindInvestigate } from "./compile-investigate.ts";
import type { InvestigateButton } from "./guide.ts";
import { parseGuide } from "./parse-guide.ts";
import { isTemplate } from "./template.ts";

/** What is wrong with a rule's guide. Warnings: the rule itself runs without it. */
export function checkGuide(rule: Rule, schema: Schema): readonly Diagnostic[] {
  if (rule.note === undefined) return [];
  const span = rule.spanOf(["note"]);
  const { buttons, problems } = parseGuide(rule.note, schema);
  const refused = buttons.flatMap((button): Diagnostic[] => {
    if (button.kind !== "investigate") return [];
    const reason = reasonAgainst(button, schema);
    if (reason === undefined) return [];
    const message = `the query "${button.label}" cannot be asked: ${reason}`;
    return [{ severity: "warning", code: "guide/query", message, span }];
  });
  const broken = problems.map(
    ({ code, message, hint }): Diagnostic => ({
      severity: "warning",
      code: `guide/${code}`,
      message,
      span,
      ...(hint !== undefined && { hint }),
    }),
  );
  return [...broken, ...refused];
}

/** Why the query can't be asked whatever the alert holds: one of its constants does not fit its field. */
function reasonAgainst(button: InvestigateButton, schema: Schema): string | undefined {
  const constants = button.groups.map((group) =>
    group.filter(({ test }) => test.kind !== "values" || !test.values.some(isTemplate)),
  );
  const query = bindInvestigate({ ...button, groups: constants }, () => [], schema);
  return query.kind === "refused" ? query.reason : undefined;
}
