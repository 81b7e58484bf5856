import type { LeafPredicate, Predicate } from "../ir/index.ts";
import type { CaseFolding, FieldPath } from "../values/index.ts";
import { compilePredicate } from "./compile.ts";
import type { EventDocument } from "./document.ts";
import { DocumentSource } from "./document-source.ts";
import { EventRun, type EventTest } from "./event-run.ts";
import { type FieldTable, makeFieldTables } from "./field-table.ts";
import { compileLeaf } from "./leaf.ts";
import { likelihoodOf } from "./likelihood.ts";
import type { LineMatcher, LineOptions } from "./lines/line-matcher.ts";
import { LineSource } from "./lines/line-source.ts";
import { type LookPlan, planLooks, reviewLooks } from "./look-plan.ts";
import { type ConditionSightings, findNeverSeen, type NeverSeen } from "./never-seen.ts";
import { foldingOf, type MatchOptions } from "./options.ts";
import { type Part, type SharedCondition, shareConditions, takeApart } from "./parts.ts";
import { PredicateTable } from "./predicate-table.ts";
import type { ConditionCounts, MatchStatistics } from "./statistics.ts";
import { TruthLists } from "./truth-lists.ts";

/**
 * Thousands of conditions against one event after another, at about the cost of parsing the event.
 *
 * Leaves are shared between conditions and looked up by value: what is known of a value is the
 * list of leaves that it makes true. They are stamped with the event's number; what
 * is not stamped is false, so absent fields cost nothing and arrays need no care. A condition is looked
 * at only when a leaf that it cannot do without was stamped; then its branch program reads the
 * stamps. The alternatives of a long `any` are looked at each by itself. Expressions, nested
 * objects and searches anywhere are worked out when a program first asks.
 *
 * `evaluatePredicate` says what the answer must be.
 */
export class ConditionSet {
  readonly #table: PredicateTable = new PredicateTable();
  readonly #conditions: readonly SharedCondition[];
  readonly #conditionAt: readonly number[];
  readonly #parts: readonly Part[];
  readonly #fields: readonly FieldTable[];
  readonly #tableOf: ReadonlyMap<FieldPath, FieldTable>;
  readonly #lists: TruthLists = new TruthLists();
  readonly #run: EventRun;
  readonly #documents: DocumentSource;
  readonly #lines: LineSource[] = [];
  #plan: LookPlan;
  /** By place: whether somebody wants to know of the condition. By shared condition: how many of its places are so. */
  readonly #isArmed: Uint8Array;
  readonly #armed: Uint32Array;
  /** The last event that `takeSightings` has told of. */
  #toldAt = 0;

  /** Throws `RegexSyntaxError` for a pattern that the checks would have refused. */
  constructor(conditions: readonly Predicate[], options?: MatchOptions) {
    const table = this.#table;
    const shared = shareConditions(conditions, table);
    this.#conditions = shared.conditions;
    this.#conditionAt = shared.conditionAt;
    this.#isArmed = new Uint8Array(conditions.length).fill(1);
    this.#armed = Uint32Array.from(shared.conditions, ({ members }) => members.length);
    this.#parts = takeApart(shared.conditions);
    const folding = foldingOf(options);
    this.#plan = planLooks(this.#parts, table, (id) => likelihoodOf(table.leafOf(id)));
    const { deferred } = this.#plan;
    this.#fields = makeFieldTables(table.fieldLeaves, deferred, folding, this.#lists);
    this.#lists.keep();
    this.#tableOf = new Map(this.#fields.map((field) => [field.path, field]));
    const tests = [
      ...table.computed.map((leaf) => testOfDocument(leaf, options)),
      ...deferred.map((id) => this.#testOfField(id, folding)),
    ];
    this.#run = new EventRun(
      this.#plan,
      { leaves: table.fieldLeaves.length, fields: this.#fields.length },
      this.#lists,
      this.#parts,
      this.#conditions,
      tests,
      () => this.#review(),
    );
    this.#documents = new DocumentSource(this.#run, this.#fields);
  }

  /** How many programs have run for all events so far: what an event costs besides the walk over its values. */
  get looks(): number {
    return this.#run.looks;
  }

  /** The places of the conditions that the event meets, ascending. */
  match(document: EventDocument): readonly number[] {
    return this.#documents.match(document);
  }

  /** The same for events that come as lines of JSON, from their bytes. Both may be asked in turn. */
  openLines(options?: LineOptions): LineMatcher {
    const lines = new LineSource(this.#run, this.#fields, options);
    this.#lines.push(lines);
    return lines;
  }

  /**
   * Whether somebody wants to know of the condition at this place; at first, of all. One that nobody wants to know of
   * costs next to nothing, and is told of only where an equal one is wanted.
   */
  setArmed(condition: number, isArmed: boolean): void {
    const shared = this.#conditionAt[condition];
    if (shared === undefined) throw new RangeError(`there is no condition ${condition}`);
    if ((this.#isArmed[condition] === 1) === isArmed) return;
    this.#isArmed[condition] = isArmed ? 1 : 0;
    const armed = (this.#armed[shared] ?? 0) + (isArmed ? 1 : -1);
    this.#armed[shared] = armed;
    this.#run.isIdle[shared] = armed === 0 ? 1 : 0;
  }

  /**
   * The conditions that ask for nothing that has to be there, by place, ascending: no event can be told to miss them, so
   * their programs run on every event.
   */
  get alwaysEvaluated(): readonly number[] {
    const conditions = new Set(this.#plan.always.map((part) => this.#parts[part]?.condition));
    return this.#conditionAt.flatMap((shared, place) => (conditions.has(shared) ? [place] : []));
  }

  /** Why the condition could not be true on any event so far; empty when it could. */
  neverSeen(condition: number): readonly NeverSeen[] {
    const shared = this.#conditions[this.#conditionAt[condition] ?? -1];
    if (shared === undefined) throw new RangeError(`there is no condition ${condition}`);
    return findNeverSeen(shared.tree, this.#table, {
      // A field without a table was not looked for.
      wasFieldSeen: (path) => this.#run.seenAt[this.#tableOf.get(path)?.place ?? -1] !== 0,
      wasLeafTrue: (id) => this.#run.trueAt[id] !== 0,
    });
  }

  /** What the events since the last call have shown that `neverSeen` asks for. */
  takeSightings(): ConditionSightings {
    const since = this.#toldAt;
    this.#toldAt = this.#run.epoch;
    return {
      leaves: Uint8Array.from(this.#run.trueAt, (at) => (at > since ? 1 : 0)),
      fields: Uint8Array.from(this.#run.seenAt, (at) => (at > since ? 1 : 0)),
    };
  }

  /** Takes note of what another set of the same conditions has seen. */
  addSightings({ leaves, fields }: ConditionSightings): void {
    const { trueAt, seenAt } = this.#run;
    leaves.forEach((wasTrue, id) => {
      if (wasTrue === 1 && trueAt[id] === 0) trueAt[id] = elsewhere;
    });
    fields.forEach((wasSeen, place) => {
      if (wasSeen === 1 && seenAt[place] === 0) seenAt[place] = elsewhere;
    });
  }

  /** What the events so far have cost. */
  statistics(): MatchStatistics {
    const run = this.#run;
    const lines = this.#lines;
    const documents = this.#documents;
    const sum = (numbers: Iterable<number>): number =>
      [...numbers].reduce((total, each) => total + each, 0);
    return {
      events: run.epoch,
      values: sum([documents, ...lines].map(({ values }) => values)),
      newValues: sum([documents, ...lines].map(({ newValues }) => newValues)),
      candidates: sum(run.nominated),
      steps: run.steps,
      computed: sum(run.computed),
      met: sum(run.met),
      conditions: this.#countConditions(),
      leaves: this.#table.fieldLeaves.map((leaf, id) => ({ leaf, wasTrue: run.wasTrue[id] ?? 0 })),
      computations: this.#computedLeaves().map((leaf, place) => ({
        leaf,
        times: run.computed[place] ?? 0,
      })),
      cache: {
        values: sum(
          [...documents.known, ...lines.map(({ known }) => known)].map(({ size }) => size),
        ),
        bytes: sum([
          ...documents.known.map(({ units }) => 2 * units),
          ...lines.map(({ known }) => known.byteLength),
        ]),
        drops: sum(
          [...documents.known, ...lines.map(({ known }) => known)].map(({ drops }) => drops),
        ),
      },
      automata: {
        states: sum(this.#fields.map(({ automata }) => automata.states)),
        bytes: sum(this.#fields.map(({ automata }) => automata.bytes)),
      },
    };
  }

  /** Plans anew how to look at the parts that were looked at often, by how often each leaf has been true so far. */
  #review(): void {
    const { epoch, wasTrue, nominated } = this.#run;
    const putOff = new Set(this.#plan.deferred);
    const likelihood = (id: number): number => {
      const guess = likelihoodOf(this.#table.leafOf(id));
      if (id < 0 || putOff.has(id)) return guess;
      return ((wasTrue[id] ?? 0) + guess * guessWeight) / (epoch + guessWeight);
    };
    const isBusy = (part: number): boolean => (nominated[part] ?? 0) > busy * epoch;
    this.#plan = reviewLooks(this.#plan, this.#parts, this.#table, likelihood, isBusy);
    this.#run.follow(this.#plan);
  }

  #countConditions(): readonly ConditionCounts[] {
    const { nominated, ran, met } = this.#run;
    const counts = this.#conditions.map((_, condition) => ({
      nominated: 0,
      run: 0,
      met: met[condition] ?? 0,
    }));
    this.#parts.forEach(({ condition }, part) => {
      const count = counts[condition];
      if (count === undefined) return;
      count.nominated += nominated[part] ?? 0;
      count.run += ran[part] ?? 0;
    });
    return this.#conditionAt.map((shared) => counts[shared] ?? { nominated: 0, run: 0, met: 0 });
  }

  /** What programs have worked out, in the order of the tests. */
  #computedLeaves(): readonly LeafPredicate[] {
    const { computed, fieldLeaves } = this.#table;
    return [...computed, ...this.#plan.deferred.flatMap((id) => fieldLeaves[id] ?? [])];
  }

  #testOfField(id: number, folding: CaseFolding): EventTest {
    const leaf = this.#table.fieldLeaves[id];
    const field = this.#tableOf.get(leaf?.field.path ?? "");
    if (leaf === undefined || field === undefined) throw new Error(`no field has the leaf ${id}`);
    const test = compileLeaf(leaf, folding);
    return (event) =>
      this.#run.seenAt[field.place] === this.#run.epoch && event.someValue(field, test);
  }
}

function testOfDocument(leaf: Predicate, options: MatchOptions | undefined): EventTest {
  const test = compilePredicate(leaf, options);
  return (event) => test(event.document());
}

/** A guess counts for as much as so many events. */
const guessWeight = 4;

/** A part that is looked at on more of the events than this is worth another plan. */
const busy = 0.01;

/** Stands for the number of an event that another set has seen. */
const elsewhere = -1;
