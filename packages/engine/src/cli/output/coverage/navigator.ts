import { attackVersion, type Coverage, type CoverageCell } from "../../../rules/index.ts";
import { jsonText } from "../json-text.ts";

const namesShown = 20;

/** A layer for the ATT&CK Navigator, format 4.5: the score of a technique is how many rules name it under the tactic. */
export function navigatorLayer({ columns }: Coverage, title: string): string {
  const techniques = columns.flatMap(({ tactic, cells }) =>
    cells
      .flatMap((cell) => [cell, ...cell.below])
      .filter(({ rules }) => rules.length > 0)
      .map((cell) => scoreOf(cell, tactic.shortName)),
  );
  const highest = Math.max(1, ...techniques.map(({ score }) => score));
  const layer = {
    name: `Harrier: ${title}`,
    versions: { attack: attackVersion.split(".")[0], navigator: "5.1.0", layer: "4.5" },
    domain: "enterprise-attack",
    description: "The score is the number of rules.",
    sorting: 3,
    hideDisabled: false,
    techniques,
    // Light to dark: readable whatever colours somebody sees.
    gradient: { colors: ["#deebf7", "#3182bd"], minValue: 0, maxValue: highest },
    showTacticRowBackground: false,
    selectTechniquesAcrossTactics: false,
    selectSubtechniquesWithParent: false,
  };
  return `${jsonText(layer, 2)}\n`;
}

function scoreOf({ technique, rules, below }: CoverageCell, tactic: string) {
  const names = rules.slice(0, namesShown).map(({ name }) => name);
  const more = rules.length > namesShown ? [`${rules.length - namesShown} more`] : [];
  return {
    techniqueID: technique.id,
    tactic,
    score: rules.length,
    comment: [...names, ...more].join("\n"),
    enabled: true,
    showSubtechniques: below.some((each) => each.rules.length > 0),
  };
}
