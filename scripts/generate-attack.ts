/**
 * Reads a list of ATT&CK's tactics and techniques (JSON: `{attack_version, notice, tactics, techniques}`), by default
 * `data/attack/enterprise-18.1.json` of the shared material; writes `packages/engine/src/rules/attack/attack.gen.ts`.
 *
 *     node --import tsx scripts/generate-attack.ts [enterprise.json]
 *
 * The output depends on the list alone. Its format is told in `packages/engine/src/rules/attack/attack.ts`.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

interface Listed {
  readonly attack_version: string;
  readonly notice: string;
  /** In the order of the matrix. */
  readonly tactics: readonly {
    readonly id: string;
    readonly name: string;
    readonly short: string;
  }[];
  readonly techniques: readonly {
    readonly id: string;
    readonly name: string;
    readonly tactics: readonly string[];
    readonly platforms: readonly string[];
  }[];
}

const workspace = join(import.meta.dirname, "..");
const shared = process.env.HARRIER_SHARED ?? join(workspace, "..", "shared");
const input = process.argv[2] ?? join(shared, "data", "attack", "enterprise-18.1.json");
const output = join(workspace, "packages", "engine", "src", "rules", "attack", "attack.gen.ts");

// The list is a file of our own making: its shape is not checked, what would break the format is, below.
const listed = JSON.parse(readFileSync(input, "utf8")) as Listed;
const platforms = [...new Set(listed.techniques.flatMap((each) => each.platforms))].sort();
const tactics = listed.tactics.map(({ id, name, short }) => lineOf(id, name, short));
const techniques = listed.techniques.map(({ id, name, ...each }) =>
  lineOf(
    id,
    name,
    each.tactics
      .map((short) =>
        placeOf(
          short,
          listed.tactics.map((tactic) => tactic.short),
        ),
      )
      .join(","),
    each.platforms.map((platform) => placeOf(platform, platforms)).join(","),
  ),
);

writeFileSync(
  output,
  `// Written by scripts/generate-attack.ts. The format is told in attack.ts.
export const attackVersion = ${JSON.stringify(listed.attack_version)};
/** Must stand wherever the names are given on. */
export const attackNotice = ${JSON.stringify(listed.notice)};
export const platformNames = ${JSON.stringify(platforms)};
export const tacticsText = ${textOf(tactics)};
export const techniquesText = ${textOf(techniques)};
`,
);

function lineOf(...parts: readonly string[]): string {
  if (parts.some((part) => /[\t\n`\\$]/.test(part))) throw new Error(`breaks the format: ${parts}`);
  return parts.join("\t");
}

function placeOf(name: string, names: readonly string[]): number {
  const place = names.indexOf(name);
  if (place === -1) throw new Error(`unknown name: ${name}`);
  return place;
}

function textOf(lines: readonly string[]): string {
  return `\`\n${lines.join("\n")}\n\``;
}
