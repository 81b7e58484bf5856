import { type Diagnostic, hasErrors, type Source, type Span } from "@harrier/lang/text";
import { type EpochNanos, parseDateConstant } from "@harrier/lang/values";
import { isObject } from "../classify.ts";
import { parseToml } from "../toml.ts";
import { plain } from "./read-events.ts";
import { TableReader, TestSource } from "./table-reader.ts";

/** An alert that is known and must not fail a baseline, until its time is over. */
export interface KnownAlert {
  readonly ruleId: string;
  /** Whole values by field; all must be those of the alert. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** The end of the day or moment named. */
  readonly until: EpochNanos;
  readonly reason: string;
  readonly span: Span;
}

/** Reads a list of known alerts: `[[known]]` with `rule_id`, `until`, `reason` and, in most cases, `fields`. */
export function readKnownAlerts(source: Source): {
  readonly known: readonly KnownAlert[];
  readonly diagnostics: readonly Diagnostic[];
} {
  const diagnostics: Diagnostic[] = [];
  const parsed = parseToml(source);
  const [value] = parsed.values;
  if (value === undefined || !isObject(value.value))
    return { known: [], diagnostics: parsed.diagnostics };
  const file = new TestSource(source, value, (finding) => diagnostics.push(finding));
  const reader = new TableReader(value.value, [], file);
  const known = reader.tables("known").flatMap((each): KnownAlert[] => {
    const found: Diagnostic[] = [];
    const alert = readKnown(
      new TableReader(
        each.members,
        each.path,
        file.reportingTo((finding) => found.push(finding)),
      ),
    );
    diagnostics.push(...found);
    return alert === undefined || hasErrors(found) ? [] : [alert];
  });
  reader.finish();
  return { known, diagnostics };
}

function readKnown(reader: TableReader): KnownAlert | undefined {
  const ruleId = reader.text("rule_id");
  const reason = reader.text("reason") ?? "";
  const fields = plain(reader.table("fields")?.members ?? {});
  const until = readUntil(reader);
  if (ruleId === undefined) reader.report("test/missing-field", "the entry has no `rule_id`");
  if (reason === "") reader.report("test/missing-field", "the entry has no `reason`");
  reader.finish();
  if (ruleId === undefined || until === undefined) return undefined;
  return { ruleId, fields, until, reason, span: reader.span };
}

/** What is known for ever is an exception, and belongs there. */
function readUntil(reader: TableReader): EpochNanos | undefined {
  const value = reader.get("until");
  const text = value instanceof Date ? value.toISOString() : value;
  if (text === undefined) {
    const hint = "say how long it may stay: `until = 2026-12-31`";
    return reader.report("test/missing-field", "the entry has no `until`", reader.span, hint);
  }
  const isDay =
    value instanceof Date &&
    "isDate" in value &&
    typeof value.isDate === "function" &&
    value.isDate();
  const moment =
    typeof text === "string" ? parseDateConstant(isDay ? text.slice(0, 10) : text) : undefined;
  return moment === undefined ? reader.reject("until", "a day or a time") : moment.latest;
}
