import { platformNames, tacticsText, techniquesText } from "./attack.gen.ts";
import { successors } from "./successors.ts";

export { attackNotice, attackVersion, platformNames as attackPlatforms } from "./attack.gen.ts";

/** A column of ATT&CK's enterprise matrix. */
export interface AttackTactic {
  /** `TA0002` */
  readonly id: string;
  readonly name: string;
  /** `privilege-escalation` */
  readonly shortName: string;
}

export interface AttackTechnique {
  /** `T1059`, of a sub-technique `T1059.001`. */
  readonly id: string;
  readonly name: string;
  /** The technique that a sub-technique is of. */
  readonly parentId?: string;
  /** Ids of tactics, in the order of the matrix. */
  readonly tactics: readonly string[];
  /** Platforms as ATT&CK names them: `Windows`, `Linux`, `Containers`. */
  readonly platforms: readonly string[];
}

/** What is known of an id that somebody wrote. */
export type AttackId =
  | { readonly kind: "known"; readonly technique: AttackTechnique }
  /** ATT&CK has put another in its place. */
  | { readonly kind: "revoked"; readonly successor: AttackTechnique }
  | { readonly kind: "unknown" };

/** In the order of the matrix. A line of the text has id, name and short name, with tabs between. */
export const tactics: readonly AttackTactic[] = linesOf(tacticsText).map(
  ([id = "", name = "", shortName = ""]) => ({ id, name, shortName }),
);

/** By id. A line of the text has id, name, and the places of its tactics and platforms, with tabs between. */
const byId: ReadonlyMap<string, AttackTechnique> = new Map(
  linesOf(techniquesText).map(([id = "", name = "", inTactics = "", onPlatforms = ""]) => {
    const dot = id.indexOf(".");
    const technique = {
      id,
      name,
      ...(dot !== -1 && { parentId: id.slice(0, dot) }),
      tactics: placesOf(inTactics)
        .sort((left, right) => left - right)
        .flatMap((place) => tactics[place]?.id ?? []),
      platforms: placesOf(onPlatforms).flatMap((place) => platformNames[place] ?? []),
    };
    return [id, technique];
  }),
);

/** All techniques and sub-techniques, a technique before its own. */
export const techniques: readonly AttackTechnique[] = [...byId.values()];

export function findTechnique(id: string): AttackId {
  const technique = byId.get(id);
  if (technique !== undefined) return { kind: "known", technique };
  const successor = byId.get(successors.get(id) ?? "");
  return successor === undefined ? { kind: "unknown" } : { kind: "revoked", successor };
}

/** By id, `TA0002`. */
export function findTactic(id: string): AttackTactic | undefined {
  return tactics.find((tactic) => tactic.id === id);
}

function linesOf(text: string): readonly (readonly string[])[] {
  return text
    .trim()
    .split("\n")
    .map((line) => line.split("\t"));
}

function placesOf(text: string): number[] {
  return text === "" ? [] : text.split(",").map(Number);
}
