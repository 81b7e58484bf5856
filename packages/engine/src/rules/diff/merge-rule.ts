import type { RawObject } from "../classify.ts";
import type { LoadedRule } from "../load-file.ts";
import { conflictMarks } from "../merge-conflicts.ts";
import { parseToml } from "../toml.ts";
import { editToml, memberText, replaceMember } from "../write/edit-toml.ts";
import { envelopeOf, keepsEnvelope } from "../write/envelope.ts";
import { writeJson, writeNdjson } from "../write/json.ts";
import { toRepositoryShape } from "../write/repository-shape.ts";
import { isTables, writeToml, writeTomlMember } from "../write/toml.ts";
import { writeYaml } from "../write/yaml.ts";
import {
  applySteps,
  type MergeConflict,
  type MergeSide,
  type MergeStep,
  mergeValues,
} from "./merge-values.ts";
import { valueText } from "./value-text.ts";

export interface RuleMerge {
  /** The merged rule in the form of the local one. Conflicts are marked; `undefined` where that form has no marks. */
  readonly text: string | undefined;
  /** What came from upstream. */
  readonly steps: readonly MergeStep[];
  readonly conflicts: readonly MergeConflict[];
  /** The local file was written anew: what it had in comments and layout is gone. */
  readonly isRewritten: boolean;
}

/**
 * Merges a local version of a rule with a new one of upstream, both made from the same base. What only one side changed is
 * taken; what both changed is merged where that makes sense, else it is a conflict, or decided by `prefer`.
 */
export function mergeRule(
  base: LoadedRule,
  local: LoadedRule,
  upstream: LoadedRule,
  prefer?: MergeSide,
): RuleMerge {
  const { format } = local.rule.origin;
  const rules = [base, local, upstream];
  const files = rules.map(({ document }) => envelopeOf(document));
  // As the repository keeps rules, if all three are; else as the API does, where guides are filled in.
  const asFiles = keepsEnvelope(format) && files.every((file) => file !== undefined);
  const inFile = keepsEnvelope(format) && files[1] !== undefined;
  const [old = {}, own = {}, theirs = {}] = rules.map(({ rule }, index) => {
    if (asFiles) return files[index] ?? {};
    return inFile ? { rule: toRepositoryShape(rule.parameters) } : rule.parameters;
  });
  const { language } = local.rule;
  const merged = mergeValues(old, own, theirs, {
    language,
    ...(prefer === undefined ? {} : { prefer }),
  });
  const { steps, conflicts } = merged;
  const value = applySteps((inFile ? files[1] : undefined) ?? own, steps);
  if (format === "toml") return { ...merged, ...writeMerged(local, value, steps, conflicts) };
  const text = conflicts.length > 0 ? undefined : writeValue(value, format);
  return { ...merged, text, isRewritten: true };
}

function writeValue(value: RawObject, format: "json" | "ndjson" | "yaml"): string {
  if (format === "ndjson") return writeNdjson([value]);
  return format === "json" ? writeJson(value) : writeYaml([value]);
}

function writeMerged(
  { rule }: LoadedRule,
  value: RawObject,
  steps: readonly MergeStep[],
  conflicts: readonly MergeConflict[],
): Pick<RuleMerge, "text" | "isRewritten"> {
  const edited = steps.reduce(editToml, rule.source.text);
  const [read] = parseToml({ name: rule.source.name, text: edited }).values;
  const isRewritten = read === undefined || valueText(read.value) !== valueText(value);
  const text = conflicts.reduce(markConflict, isRewritten ? writeToml(value) : edited);
  return { text, isRewritten };
}

/** Both versions of a member, one after the other, with marks that no reader takes for a rule. */
function markConflict(text: string, conflict: MergeConflict): string {
  const { path, base, upstream, local, marked } = conflict;
  if (marked !== undefined) {
    return replaceMember(text, path, writeTomlMember(path, marked), false);
  }
  const own = memberText(text, path) || writeTomlMember(path, local);
  const block = [
    `${conflictMarks.local}local`,
    own.trimEnd(),
    `${conflictMarks.base}base`,
    writeTomlMember(path, base).trimEnd(),
    conflictMarks.between,
    writeTomlMember(path, upstream).trimEnd(),
    `${conflictMarks.upstream}upstream`,
  ];
  const lines = `${block.filter((line) => line !== "").join("\n")}\n`;
  const areTables = [local, upstream].some(isTables);
  return replaceMember(text, path, lines, areTables);
}
