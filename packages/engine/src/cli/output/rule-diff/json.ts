import type { FieldChange, RuleChange, RuleSetDiff } from "../../../rules/index.ts";
import { jsonText } from "../json-text.ts";

/** A comparison as JSON: a list of the rules that came, went or changed. */
export function diffJson({ changes }: RuleSetDiff): string {
  return `${jsonText(changes.map(shapeOf), 2)}\n`;
}

function shapeOf(change: RuleChange): object {
  const rule = change.kind === "removed" ? change.before : change.after;
  const head = { change: change.kind, rule_id: rule.ruleId, name: rule.name };
  if (change.kind !== "changed") return { ...head, file: rule.origin.file };
  return {
    ...head,
    same_meaning: change.isSpelling,
    before_file: change.before.origin.file,
    after_file: change.after.origin.file,
    fields: change.fields.map(fieldShape),
  };
}

function fieldShape(change: FieldChange): object {
  const { field, weight } = change;
  const head = { field, weight, kind: change.kind };
  switch (change.kind) {
    case "value":
      return { ...head, before: change.before ?? null, after: change.after ?? null };
    case "items":
      return { ...head, added: change.added, removed: change.removed };
    case "clauses":
      return { ...head, clauses: change.clauses };
    case "lines":
      return {
        ...head,
        hunks: change.stretches
          .filter(({ isSame }) => !isSame)
          .map(({ before, after }) => ({ removed: before, added: after })),
      };
    default:
      return change satisfies never;
  }
}
