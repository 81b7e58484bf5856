import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Predicate, printPredicate } from "@harrier/lang/ir";
import { loadAndCompile } from "../../packages/engine/src/app.ts";
import { conditionsOf } from "../corpus-rules.ts";

/** A condition, and a rule that asks for it. */
export interface NamedCondition {
  readonly rule: string;
  readonly condition: Predicate;
}

/**
 * The different conditions of rules: steps of EQL, KQL with its filters, indicators, and exceptions as one
 * condition each. From the repository's own rules and cases, and from `corpus` where there is one.
 */
export async function collectConditions(
  corpus: string | undefined,
): Promise<readonly NamedCondition[]> {
  const folders = [ownPath("rules"), ...caseFolders(ownPath("spec/rules"))];
  if (corpus !== undefined) folders.push(corpus);
  const found = new Map<string, NamedCondition>();
  for (const folder of folders) {
    // Each case by itself: they have rules and items of the same names.
    for (const each of await conditionsIn(folder)) {
      const key = printPredicate(each.condition);
      if (!found.has(key)) found.set(key, each);
    }
  }
  return [...found.values()];
}

async function conditionsIn(folder: string): Promise<readonly NamedCondition[]> {
  const { rules } = await loadAndCompile({ rulePaths: [folder], strictFields: false, now });
  return rules.flatMap(({ rule, plan, exception }) => {
    const own = plan === undefined ? [] : conditionsOf(plan);
    const conditions = exception === undefined ? own : [...own, exception];
    return conditions.map((condition) => ({ rule: rule.name, condition }));
  });
}

/** `type/case` below the folder. */
function caseFolders(folder: string): readonly string[] {
  return readdirSync(folder)
    .map((type) => join(folder, type))
    .filter((type) => statSync(type).isDirectory())
    .flatMap((type) => readdirSync(type).map((name) => join(type, name)));
}

function ownPath(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url));
}

/** 2026-01-01. */
const now = 1_767_225_600_000_000_000n;
