import type { FieldReader } from "../fields.ts";
import type { ExceptionListReference } from "../rule.ts";

/** `exceptions_list`: the lists whose items keep events from the rule. */
export function readExceptionsList(fields: FieldReader): readonly ExceptionListReference[] {
  return fields.objects("exceptions_list").flatMap((reference) => {
    const listId = reference.text("list_id", "required");
    const namespace = reference.word("namespace_type", ["single", "agnostic"]) ?? "single";
    return listId === undefined ? [] : [{ listId, namespace }];
  });
}
