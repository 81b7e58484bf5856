import { schemaFrom } from "@harrier/lang/ecs";
import { compileEql } from "@harrier/lang/eql";
import type { Predicate } from "@harrier/lang/ir";
import type { Diagnostic, Source } from "@harrier/lang/text";
import type { TableReader } from "./table-reader.ts";

/** No schema knows the fields of somebody's own logs: their values speak for themselves. */
const noSchema = schemaFrom({});
const before = "any where ";

/** A condition in EQL on the raw event; `undefined` where there is none, or a wrong one, which is reported. */
export function readCondition(
  table: TableReader,
  key: string,
  report: (diagnostic: Diagnostic) => void,
): Predicate | undefined {
  const text = table.text(key);
  if (text === undefined) return undefined;
  const inner = table.sourceOf(key, text);
  const source: Source = {
    name: inner.name,
    text: before + text,
    embedded: {
      in: inner,
      offsetOf: (offset) => Math.max(0, Math.min(offset - before.length, text.length)),
    },
  };
  const { plan, diagnostics } = compileEql(source, noSchema);
  for (const diagnostic of diagnostics) {
    if (diagnostic.code !== "eql/unknown-field") report(diagnostic);
  }
  if (plan === undefined) return undefined;
  if (plan.kind === "event" && plan.pipes.length === 0) return plan.condition;
  table.report(key, { code: "map/bad-value", message: `\`${key}\` is a condition on one event` });
  return undefined;
}
