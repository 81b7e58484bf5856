import type { Predicate } from "@harrier/lang/ir";
import { ConditionSet, evaluatePredicate, fieldValues } from "@harrier/lang/match";
import type { CaseFolding } from "@harrier/lang/values";
import type { AlertExtras, IndicatorMatch } from "../alerts/index.ts";
import {
  eventIdentity,
  type IngestedEvent,
  type Input,
  type InputFinding,
  readEvents,
} from "../ingest/index.ts";
import type { ThreatEntry, ThreatMatchPlan } from "../rule-types/index.ts";
import { Bits } from "./bits.ts";
import { type Comparison, makeComparison } from "./comparison.ts";
import { growingDoubles } from "./growing.ts";
import { IndicatorColumn, type IndicatorId } from "./indicator-column.ts";
import type { RunningRule } from "./running-rule.ts";
import type { Spool } from "./spool.ts";
import { readSpooled, type SpooledEvent, spoolText } from "./spooled-event.ts";
import type { CannotFireReason } from "./summary.ts";
import {
  indicatorCondition,
  makeThreatJoin,
  type ThreatHit,
  type ThreatJoin,
} from "./threat-join.ts";

export interface IndicatorOptions {
  readonly folding: CaseFolding;
  readonly timezone?: string;
  readonly signal: AbortSignal;
  readonly onFinding: (finding: InputFinding) => void;
  /** Where the documents go. */
  readonly spool: Spool;
}

/** Reads indicators for the rules. When one was seen matters only to queries that ask for it. Throws an aborted signal's reason. */
export async function readIndicators(
  indicators: Indicators,
  inputs: readonly Input[],
  { signal, timezone, spool, onFinding }: Omit<IndicatorOptions, "folding">,
): Promise<void> {
  const ingest = {
    signal,
    ...(timezone === undefined ? {} : { timezone }),
    onFinding: (finding: InputFinding) => {
      if (finding.code !== "no-timestamp") onFinding(finding);
    },
  };
  for await (const batch of readEvents(inputs, ingest)) {
    for (const event of batch) indicators.add(event, spool);
    await spool.drain();
  }
}

interface Column {
  readonly path: string;
  readonly comparison: Comparison;
  readonly column: IndicatorColumn;
}

/** What a threat match rule compares with. */
interface Threat {
  readonly join: ThreatJoin;
  /** The place of its condition on indicators. */
  readonly condition: number;
  /** The indicators that meet it. */
  readonly wanted: Bits;
  /** The fields that it compares. */
  readonly columns: ReadonlySet<Column>;
}

/**
 * The indicators of a hunt. What rules compare stays in memory: the values of their mapped fields, and
 * a bit for each rule. The documents go to a spool, to be read back for alerts. An indicator is kept
 * once, whichever rules use it; one that none uses is not kept.
 */
export class Indicators {
  /** Documents read, kept or not. */
  read = 0;
  readonly #threats = new Map<number, Threat>();
  readonly #conditions: ConditionSet;
  readonly #columns = new Map<string, Column>();
  /** Where each indicator starts in the spool; it ends where the next one starts, the last one at `#end`. */
  readonly #starts = growingDoubles();
  #end = 0;
  #spool: Spool | undefined;

  constructor(rules: readonly RunningRule[], folding: CaseFolding) {
    const conditions: Predicate[] = [];
    for (const { plan, exception, place } of rules) {
      if (plan.kind !== "threat_match") continue;
      const wanted = new Bits();
      const columns = new Set<Column>();
      const columnOf = (entry: ThreatEntry) => {
        const column = this.#columnOf(entry);
        columns.add(column);
        return column;
      };
      const join = makeThreatJoin(plan, columnOf, (indicator) => wanted.has(indicator));
      this.#threats.set(place, { join, condition: conditions.length, wanted, columns });
      conditions.push(conditionOf(plan, exception));
    }
    this.#conditions = new ConditionSet(conditions, { folding });
  }

  /** How many of the documents read some rule compares with. */
  get used(): number {
    return this.#starts.length;
  }

  /** Takes an indicator in. All go to the same spool. */
  add(event: IngestedEvent, spool: Spool): void {
    this.read += 1;
    this.#spool = spool;
    const { document } = event;
    const met = new Set(this.#conditions.match(document));
    if (met.size === 0) return;
    const indicator: IndicatorId = this.used;
    this.#starts.push(spool.append(spoolText(event).text));
    this.#end = spool.end;
    const asked = new Set<Column>();
    for (const { condition, wanted, columns } of this.#threats.values()) {
      if (!met.has(condition)) continue;
      wanted.add(indicator);
      for (const column of columns) asked.add(column);
    }
    for (const { path, comparison, column } of asked) {
      const texts = fieldValues(document, path).map(comparison.known);
      column.add(
        indicator,
        texts.filter((text) => text !== undefined),
      );
    }
  }

  /** Whether there is an indicator that the rule compares with. False for a rule of another type. */
  has({ place }: RunningRule): boolean {
    return (this.#threats.get(place)?.wanted.size ?? 0) > 0;
  }

  /** Undefined for a rule of another type. */
  joinOf({ place }: RunningRule): ThreatJoin | undefined {
    return this.#threats.get(place)?.join;
  }

  /** Reads back what an alert of the rule says of the indicators. */
  async describe(
    { plan }: RunningRule,
    hits: readonly ThreatHit[],
  ): Promise<NonNullable<AlertExtras["threat"]>> {
    const read = new Map<IndicatorId, SpooledEvent>();
    const matches: IndicatorMatch[] = [];
    for (const { indicator, field, values } of hits) {
      const event = read.get(indicator) ?? (await this.#readBack(indicator));
      read.set(indicator, event);
      matches.push({ indicator: event.document, ...eventIdentity(event), field, values });
    }
    return { matches, indicatorPath: plan.kind === "threat_match" ? plan.indicatorPath : "" };
  }

  /** Why the rule has no indicator to compare with. Empty when it has some. */
  lacking({ rule, place }: RunningRule): readonly CannotFireReason[] {
    const threat = this.#threats.get(place);
    if (threat === undefined || threat.wanted.size > 0) return [];
    if (this.read === 0) {
      const values = rule.threatMatch?.index ?? [];
      return [{ what: "indicators", field: "threat_index", values }];
    }
    const unseen = this.#conditions.neverSeen(threat.condition);
    return unseen.length === 0
      ? [{ what: "indicators", field: "threat_query" }]
      : unseen.map((reason) => ({ ...reason, what: "indicators" }));
  }

  async #readBack(indicator: IndicatorId): Promise<SpooledEvent> {
    const spool = this.#spool;
    if (spool === undefined) throw new Error("an indicator of another hunt");
    const isLast = indicator + 1 === this.used;
    const end = isLast ? this.#end : this.#starts.at(indicator + 1);
    return readSpooled(await spool.read(this.#starts.at(indicator), end));
  }

  #columnOf({ field, indicatorField: { path, type } }: ThreatEntry): Column {
    const comparison = makeComparison(field.type, type);
    const name = `${comparison.name} ${path}`;
    const known = this.#columns.get(name) ?? { path, comparison, column: new IndicatorColumn() };
    this.#columns.set(name, known);
    return known;
  }
}

/**
 * Exceptions are asked of indicators as they are of events (detection-semantics 6.4), but for what
 * holds where a document has none of the fields: an item made of "is not" alone would take all
 * indicators away (kibana#151469).
 */
function conditionOf(plan: ThreatMatchPlan, exception: Predicate | undefined): Predicate {
  const condition = indicatorCondition(plan);
  if (exception === undefined) return condition;
  const items = exception.kind === "any" ? exception.of : [exception];
  const asked = items.filter((item) => !evaluatePredicate(item, {}));
  return { kind: "all", of: [condition, { kind: "not", of: { kind: "any", of: asked } }] };
}
