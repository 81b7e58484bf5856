import type { Report } from "@harrier/lang/text";
import type { FileObject, RawObject } from "../rules/index.ts";
import type { ExceptionList, Namespace } from "./exception.ts";
import { kindOf, reportOn } from "./finding.ts";
import { isObject, textOf, textsOf } from "./shape.ts";

/** Reads a container. `undefined`, with an error, where it has no id. */
export function readList(object: FileObject, report: Report): ExceptionList | undefined {
  const { value: parameters, metadata } = object;
  const listId = textOf(parameters.list_id);
  if (listId === undefined) {
    const { list_id: id } = parameters;
    const message =
      id === undefined
        ? "the list has no `list_id`"
        : `\`list_id\` is ${kindOf(id)}, expected a text`;
    const code = id === undefined ? "exception/missing-field" : "exception/bad-value";
    reportOn(object, report)(["list_id"], code, message);
    return undefined;
  }
  const { meta } = parameters;
  const bound = parameters.rule_ids ?? (isObject(meta) ? meta.rule_ids : undefined);
  return {
    listId,
    namespace: namespaceOf(parameters) ?? "single",
    name: textOf(parameters.name) ?? listId,
    type: textOf(parameters.type) ?? "detection",
    ruleIds: textsOf(bound ?? metadata?.rule_ids),
    parameters,
  };
}

/** `undefined` where the object does not say. */
export function namespaceOf({ namespace_type: value }: RawObject): Namespace | undefined {
  return value === "single" || value === "agnostic" ? value : undefined;
}
