import type { FieldPath } from "../values/index.ts";
import type { NestedNode, WordNode } from "./ast.ts";
import { type Checking, reportFinding } from "./checking.ts";
import { targetsOf, wholePath } from "./fields.ts";
import { isLoneStar, textOf } from "./words.ts";

/** Whether conditions on the field make sense; `false` after a finding that leaves nothing more to say. */
export function checkField(word: WordNode, checking: Checking): boolean {
  if (isLoneStar(word)) return true;
  const path = wholePath(textOf(word), checking);
  if (word.kind === "pattern") {
    if (targetsOf(word, checking).length === 0) reportUnknown(path, word, checking);
    return true;
  }
  const root = checking.schema.nestedRootOf(path);
  if (root !== undefined && root !== checking.within) {
    reportUnreachable(path, root, word, checking);
    return false;
  }
  const [target] = targetsOf(word, checking);
  const isUnnamed = target?.field.type === "unknown" && checking.schema.typeOf(path) === undefined;
  if (isUnnamed) reportUnknown(path, word, checking);
  return true;
}

/** Whether the object in front of `{ }` is nested; `false` after a finding. */
export function checkNestedObject({ field }: NestedNode, checking: Checking): boolean {
  const path = wholePath(textOf(field), checking);
  if (field.kind === "pattern") {
    const message = "one nested object stands before `{`, not a pattern of names";
    reportFinding(checking, "error", "kql/nested", field.span, message);
    return false;
  }
  if (checking.schema.nestedRootOf(path) === path) return true;
  if (checking.schema.typeOf(path) === undefined) {
    reportUnknown(path, field, checking);
    return true;
  }
  reportFinding(
    checking,
    "error",
    "kql/nested",
    field.span,
    `\`${path}\` is not nested`,
    `write its fields by their whole names: \`${path}.name: value\``,
  );
  return false;
}

function reportUnreachable(
  path: FieldPath,
  root: FieldPath,
  { span }: WordNode,
  checking: Checking,
): void {
  const prefix = checking.within === undefined ? "" : `${checking.within}.`;
  const object = root.startsWith(prefix) ? root.slice(prefix.length) : root;
  const isRoot = path === root;
  reportFinding(
    checking,
    "error",
    "kql/nested",
    span,
    isRoot
      ? `\`${path}\` is a nested object`
      : `\`${path}\` is below the nested object \`${root}\``,
    isRoot
      ? `ask for its fields: \`${object}: { field: value }\``
      : `write \`${object}: { ${path.slice(root.length + 1)}: … }\``,
  );
}

function reportUnknown(path: FieldPath, { kind, span }: WordNode, checking: Checking): void {
  if (checking.unknown.has(path)) return;
  checking.unknown.add(path);
  const [similar] = kind === "pattern" ? [] : checking.schema.similarTo(path);
  reportFinding(
    checking,
    checking.strictFields ? "error" : "warning",
    "kql/unknown-field",
    span,
    kind === "pattern" ? `no known field matches \`${path}\`` : `there is no field \`${path}\``,
    similar === undefined ? undefined : `did you mean \`${similar}\`?`,
  );
}
