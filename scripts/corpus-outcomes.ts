/** Compiles rules by their types and counts what became of them. Reads the files of a folder to know what should be there; writes nothing. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ecsSchema } from "@harrier/lang/ecs";
import { formatDiagnosticLine } from "@harrier/lang/text";
import { type CompiledRule, compileRule } from "../packages/engine/src/rule-types/index.ts";
import { type Rule, type RuleType, ruleTypes } from "../packages/engine/src/rules/index.ts";

export interface Outcomes {
  /** In the order of the rules. */
  readonly compiled: readonly CompiledRule[];
  /** A line for each type. */
  readonly table: readonly string[];
  /** Everything that is not as it should be. */
  readonly complaints: readonly string[];
}

/** What no rule can run of. All rules of other types have to. */
const unsupported: ReadonlySet<RuleType> = new Set(["esql", "machine_learning"]);

/** `folder` is where the rules are from. */
export function judgeOutcomes(rules: readonly Rule[], folder: string): Outcomes {
  const now = 1_767_225_600_000_000_000n;
  const compiled = rules.map((rule) =>
    compileRule(rule, { schema: ecsSchema, strictFields: false, now }),
  );
  const expected = countFiles(folder);
  const complaints = compiled.flatMap(complainOf);
  const table = ruleTypes.map((type) => {
    const ofType = compiled.filter(({ rule }) => rule.type === type);
    const count = (outcome: string) => ofType.filter((each) => outcomeOf(each) === outcome).length;
    const files = expected.get(type) ?? 0;
    if (ofType.length !== files) complaints.push(`${type}: ${files} files, ${ofType.length} rules`);
    const counts = ["runs", "unsupported", "failed"].map(
      (outcome) => `${outcome} ${count(outcome)}`,
    );
    return `${type}: ${counts.join(", ")}`;
  });
  return { compiled, table, complaints };
}

function outcomeOf({ plan, unsupported: reason }: CompiledRule): string {
  if (plan !== undefined) return "runs";
  return reason === undefined ? "failed" : "unsupported";
}

function complainOf(compiled: CompiledRule): readonly string[] {
  const { rule, diagnostics } = compiled;
  const outcome = outcomeOf(compiled);
  if (outcome === (unsupported.has(rule.type) ? "unsupported" : "runs")) return [];
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  return [
    `${outcome}: ${rule.name} (${rule.type}, ${rule.origin.file})`,
    ...errors.map((error) => `  ${formatDiagnosticLine(error)}`),
  ];
}

/** Counted without our reader, so that a reader that sees too little shows. */
function countFiles(folder: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const path of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (!path.endsWith(".toml")) continue;
    const lines = readFileSync(join(folder, path), "utf8").matchAll(/^type = "(\w+)"$/gm);
    const type = [...lines].map(([, word]) => word).find((word) => isRuleType(word));
    if (type !== undefined) counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  return counts;
}

function isRuleType(word: string | undefined): boolean {
  return ruleTypes.some((type) => type === word);
}
