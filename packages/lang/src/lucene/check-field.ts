import type { FieldNode, ValueNode } from "./ast.ts";
import { type Checking, reportFinding } from "./checking.ts";
import { isPattern, targetsOf } from "./fields.ts";
import { existsNameOf } from "./values.ts";

/** Whether clauses on the field make sense. */
export function checkField({ name, span }: FieldNode, checking: Checking): void {
  const { schema, unknown, strictFields } = checking;
  const targets = targetsOf(name, checking);
  const [target] = targets;
  const root = isPattern(name) ? undefined : schema.nestedRootOf(name);
  if (root !== undefined) {
    const message =
      root === name
        ? `\`${name}\` is a nested object, which Lucene's language cannot look into`
        : `\`${name}\` is inside of the nested object \`${root}\`, which Lucene's language cannot look into`;
    const hint = "KQL can: `object: { field: value }`";
    reportFinding(checking, "error", "lucene/unusable-field", span, message, hint);
    return;
  }
  if (!isPattern(name) && target?.field.type === "unsupported") {
    const message = `\`${name}\` is of a type that can only be asked for with \`_exists_:${name}\``;
    reportFinding(checking, "error", "lucene/unusable-field", span, message);
    return;
  }
  const isKnown = isPattern(name) ? targets.length > 0 : isNamed(name, checking);
  if (isKnown || unknown.has(name)) return;
  unknown.add(name);
  const [similar] = isPattern(name) ? [] : schema.similarTo(name);
  reportFinding(
    checking,
    strictFields ? "error" : "warning",
    "lucene/unknown-field",
    span,
    isPattern(name) ? `no known field matches \`${name}\`` : `there is no field \`${name}\``,
    similar === undefined ? undefined : `did you mean \`${similar}\`?`,
  );
}

/** What stands behind `_exists_:`. */
export function checkExistsName(value: ValueNode, checking: Checking): void {
  const name = existsNameOf(value);
  if (name === undefined) {
    const message = "the name of a field stands behind `_exists_:`";
    reportFinding(checking, "error", "lucene/constant", value.span, message);
    return;
  }
  // An object that is nested, or of a type that nothing compares, may still be there.
  const isThere = checking.schema.typeOf(name) !== undefined && !isInsideNested(name, checking);
  if (!isThere) checkField({ name, span: value.span }, checking);
}

function isInsideNested(name: string, { schema }: Checking): boolean {
  const root = schema.nestedRootOf(name);
  return root !== undefined && root !== name;
}

function isNamed(name: string, checking: Checking): boolean {
  const [target] = targetsOf(name, checking);
  return target?.field.type !== "unknown" || checking.schema.typeOf(name) !== undefined;
}
