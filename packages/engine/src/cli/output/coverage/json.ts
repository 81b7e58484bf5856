import {
  attackNotice,
  attackVersion,
  type Coverage,
  type CoverageCell,
} from "../../../rules/index.ts";
import { jsonText } from "../json-text.ts";

/** The whole matrix, cells without rules too. */
export function coverageJson({ columns, covered, total, outdated, unmapped }: Coverage): string {
  const value = {
    attack: { version: attackVersion, notice: attackNotice },
    techniques: { covered, total },
    tactics: columns.map((column) => ({
      id: column.tactic.id,
      name: column.tactic.name,
      covered: column.covered,
      total: column.cells.length,
      techniques: column.cells.map(cellJson),
    })),
    outdated: outdated.map(({ rule, id, successor }) => ({
      id,
      ...(successor !== undefined && { successor: successor.id }),
      rule_id: rule.ruleId,
      name: rule.name,
    })),
    unmapped: unmapped.map(({ ruleId, name }) => ({ rule_id: ruleId, name })),
  };
  return `${jsonText(value, 2)}\n`;
}

function cellJson({ technique, rules, below }: CoverageCell): object {
  return {
    id: technique.id,
    name: technique.name,
    rules: rules.map(({ ruleId }) => ruleId),
    ...(below.length > 0 && { subtechniques: below.map(cellJson) }),
  };
}
