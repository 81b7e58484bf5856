import type { CompileClause } from "./context.ts";
import { checkOptions } from "./field-clause.ts";
import { isObject, quote, rejectValue } from "./shape.ts";

/** One and the same object of a nested field meets the inner query, which names fields by their whole paths. */
export const compileNested: CompileClause = (body, path, context) => {
  if (!isObject(body)) return rejectValue(path, body, "an object", context);
  const known = ["path", "query", "score_mode", "ignore_unmapped"];
  if (!checkOptions(body, known, path, context)) return undefined;
  const { path: root, query } = body;
  if (typeof root !== "string" || root === "") {
    return rejectValue([...path, "path"], root, "the name of a nested field", context);
  }
  const { nestedPath: outer, schema, report } = context;
  const type = schema.typeOf(root);
  const isBelow = outer === undefined || root.startsWith(`${outer}.`);
  if ((type !== undefined && type !== "nested") || !isBelow) {
    report([...path, "path"], "filter/unusable-field", `${quote(root)} is no nested object here`);
    return undefined;
  }
  const of = context.compile(query, [...path, "query"], { ...context, nestedPath: root });
  const relative = outer === undefined ? root : root.slice(outer.length + 1);
  return of && { kind: "nested", path: relative, of };
};
