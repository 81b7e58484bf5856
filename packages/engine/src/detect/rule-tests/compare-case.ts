import { isDeepStrictEqual } from "node:util";
import type { Span } from "@harrier/lang/text";
import { valueAt } from "../../alerts/index.ts";
import type { IngestedEvent } from "../../ingest/index.ts";
import type { Expectation, ExpectedAlert } from "../../rules/index.ts";
import { type AlertGroup, placesOf } from "./alert-group.ts";

/** Something that came out otherwise than the case says. */
export interface CaseFailure {
  readonly message: string;
  readonly span: Span;
  /** What came out, where `--update` can put it in the place of the span: a count, a flag, a value of a field. */
  readonly found?: unknown;
}

/** What of the case did not come true, in the order of its keys. */
export function compareCase(
  expected: Expectation,
  runs: readonly (readonly AlertGroup[])[],
  events: readonly IngestedEvent[],
): readonly CaseFailure[] {
  const alerts = runs.flat();
  return [
    ...compareMatch(expected, alerts.length),
    ...compareCounts(expected, runs),
    ...compareAlerts(expected.alerts, alerts, events),
  ];
}

function compareMatch({ match }: Expectation, alerts: number): readonly CaseFailure[] {
  if (match === undefined || match.value === alerts > 0) return [];
  const message = match.value ? "the rule did not match" : "the rule matched, and must not";
  return [{ message, span: match.span, found: alerts > 0 }];
}

function compareCounts(
  { counts }: Expectation,
  runs: readonly (readonly unknown[])[],
): readonly CaseFailure[] {
  if (counts === undefined) return [];
  const found = runs.map(({ length }) => length);
  if (isDeepStrictEqual(found, counts.value)) return [];
  const message = `expected ${countsText(counts.value)}, got ${countsText(found)}`;
  return [{ message, span: counts.span, found: counts.isList ? found : found[0] }];
}

function countsText(counts: readonly number[]): string {
  const [first] = counts;
  if (counts.length > 1) return `alerts ${counts.join(", ")} by run`;
  return first === 1 ? "1 alert" : `${first} alerts`;
}

/** Each alert described must be there, and no other. */
function compareAlerts(
  expected: readonly ExpectedAlert[],
  alerts: readonly AlertGroup[],
  events: readonly IngestedEvent[],
): readonly CaseFailure[] {
  const [first] = expected;
  if (first === undefined) return [];
  const rest = new Set(alerts);
  const pairs = expected.map((alert): [ExpectedAlert, AlertGroup | undefined] => {
    const exact = [...rest].find((group) => differences(alert, group, events).length === 0);
    if (exact !== undefined) rest.delete(exact);
    return [alert, exact];
  });
  const failures = pairs.flatMap(([alert, exact]): readonly CaseFailure[] => {
    if (exact !== undefined) return [];
    // What is nearest tells most.
    const nearest = [...rest]
      .map((group) => ({ group, found: differences(alert, group, events) }))
      .sort((left, right) => left.found.length - right.found.length)[0];
    if (nearest === undefined) return [{ message: "there is no such alert", span: alert.span }];
    rest.delete(nearest.group);
    return nearest.found;
  });
  const unexpected = [...rest].map(({ alert }) => ({
    message: `one more alert than described: ${alert["kibana.alert.reason"]}`,
    span: first.span,
  }));
  return [...failures, ...unexpected];
}

function differences(
  { events: places, absent, fields }: ExpectedAlert,
  group: AlertGroup,
  events: readonly IngestedEvent[],
): readonly CaseFailure[] {
  const failures: CaseFailure[] = [];
  const found = places === undefined ? undefined : placesOf(group, events);
  if (places !== undefined && !isDeepStrictEqual(found, places.value)) {
    const message = `expected the events ${places.value.join(", ")}, got ${found?.join(", ")}`;
    failures.push({ message, span: places.span, found });
  }
  for (const { field, value, span } of fields) {
    const actual = valueAt(group.alert, field);
    if (isDeepStrictEqual(actual, value)) continue;
    const got =
      actual === undefined ? "the alert does not have it" : `got ${JSON.stringify(actual)}`;
    const message = `${field}: expected ${JSON.stringify(value)}, ${got}`;
    failures.push({ message, span, ...(actual !== undefined && { found: actual }) });
  }
  for (const field of absent?.value ?? []) {
    const actual = valueAt(group.alert, field);
    if (actual === undefined || absent === undefined) continue;
    const message = `${field}: expected none, got ${JSON.stringify(actual)}`;
    failures.push({ message, span: absent.span });
  }
  return failures;
}
