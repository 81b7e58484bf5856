import type { Rule } from "../rule.ts";
import {
  type AttackTactic,
  type AttackTechnique,
  findTactic,
  findTechnique,
  tactics,
  techniques,
} from "./attack.ts";

/** What rules say of ATT&CK's matrix. */
export interface Coverage {
  /** In the order of the matrix. */
  readonly columns: readonly CoverageColumn[];
  /** Techniques that some rule names, itself or below it, each once; sub-techniques are not counted. */
  readonly covered: number;
  readonly total: number;
  /** Ids that ATT&CK does not have, or no longer; a revoked one counts for its successor. */
  readonly outdated: readonly OutdatedId[];
  /** Rules that name no technique that is there. */
  readonly unmapped: readonly Rule[];
}

export interface CoverageColumn {
  readonly tactic: AttackTactic;
  /** By name, as the matrix has them. */
  readonly cells: readonly CoverageCell[];
  readonly covered: number;
}

export interface CoverageCell {
  readonly technique: AttackTechnique;
  /** Rules that name the technique or one below it under this tactic, each once. */
  readonly rules: readonly Rule[];
  /** Of a technique: those below it. */
  readonly below: readonly CoverageCell[];
}

export interface OutdatedId {
  readonly rule: Rule;
  readonly id: string;
  /** Absent where ATT&CK never had the id. */
  readonly successor?: AttackTechnique;
}

/**
 * Puts rules into the matrix. A technique stands in the columns of the tactics that the rule names it under; where
 * those are not its own, in all of its columns. `platforms` leaves out techniques of other platforms.
 */
export function coverageOf(
  rules: readonly Rule[],
  { platforms = [] }: { readonly platforms?: readonly string[] } = {},
): Coverage {
  const placed = new Placement();
  const outdated: OutdatedId[] = [];
  const unmapped = rules.filter((rule) => !placeRule(rule, placed, outdated));
  const isShown = (technique: AttackTechnique): boolean =>
    platforms.length === 0 || technique.platforms.some((each) => platforms.includes(each));
  const shown = techniques.filter(isShown);
  const columns = tactics.map((tactic): CoverageColumn => {
    const cells = shown
      .filter(({ parentId, tactics: own }) => parentId === undefined && own.includes(tactic.id))
      .map((technique) => cellOf(technique, tactic, shown, placed))
      .sort((left, right) => (left.technique.name < right.technique.name ? -1 : 1));
    return { tactic, cells, covered: cells.filter((cell) => cell.rules.length > 0).length };
  });
  const cells = columns.flatMap((column) => column.cells);
  const idsOf = (some: readonly CoverageCell[]) =>
    new Set(some.map(({ technique }) => technique.id));
  return {
    columns,
    covered: idsOf(cells.filter((cell) => cell.rules.length > 0)).size,
    total: idsOf(cells).size,
    outdated,
    unmapped,
  };
}

/** The rules of each technique under each tactic. */
class Placement {
  readonly #rules = new Map<string, Set<Rule>>();

  add(tacticId: string, techniqueId: string, rule: Rule): void {
    const key = `${tacticId} ${techniqueId}`;
    const rules = this.#rules.get(key) ?? new Set();
    rules.add(rule);
    this.#rules.set(key, rules);
  }

  at(tacticId: string, techniqueId: string): readonly Rule[] {
    return [...(this.#rules.get(`${tacticId} ${techniqueId}`) ?? [])];
  }
}

/** Whether the rule has a place. */
function placeRule(rule: Rule, placed: Placement, outdated: OutdatedId[]): boolean {
  let hasPlace = false;
  for (const { framework, tactic, technique } of rule.threat) {
    if (framework !== "MITRE ATT&CK") continue;
    const named = findTactic(tactic.id)?.id;
    const ids = technique.flatMap(({ id, subtechnique }) => [
      id,
      ...subtechnique.map((each) => each.id),
    ]);
    for (const id of ids) {
      const found = findTechnique(id);
      if (found.kind === "unknown") outdated.push({ rule, id });
      if (found.kind === "revoked") outdated.push({ rule, id, successor: found.successor });
      if (found.kind === "unknown") continue;
      const known = found.kind === "known" ? found.technique : found.successor;
      const isOwn = named !== undefined && known.tactics.includes(named);
      for (const tacticId of isOwn ? [named] : known.tactics) {
        placed.add(tacticId, known.id, rule);
        if (known.parentId !== undefined) placed.add(tacticId, known.parentId, rule);
      }
      hasPlace = true;
    }
  }
  return hasPlace;
}

function cellOf(
  technique: AttackTechnique,
  tactic: AttackTactic,
  shown: readonly AttackTechnique[],
  placed: Placement,
): CoverageCell {
  return {
    technique,
    rules: placed.at(tactic.id, technique.id),
    below: shown
      .filter(({ parentId }) => parentId === technique.id)
      .map((each) => ({ technique: each, rules: placed.at(tactic.id, each.id), below: [] })),
  };
}
