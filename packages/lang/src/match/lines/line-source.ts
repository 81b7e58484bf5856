import { decodeUtf8 } from "../../text/index.ts";
import type { EventDocument, FieldValue } from "../document.ts";
import type { EventRun, EventView } from "../event-run.ts";
import type { FieldTable } from "../field-table.ts";
import type { ValueTest } from "../leaf.ts";
import { noLeaves, type TruthList } from "../truth-lists.ts";
import { escapedText, JsonScanner, text } from "./json-scanner.ts";
import { KeyTable } from "./key-table.ts";
import type { DecodeText, LineMatcher, LineOptions } from "./line-matcher.ts";
import { readValue } from "./read-value.ts";
import { ValueCache } from "./value-cache.ts";
import { ValueFilter } from "./value-filter.ts";

const kinds = 8;

/**
 * The values of wanted fields in a line of bytes. What a value makes true is remembered by its bytes, as they
 * stand in the line; only a value that is not known becomes a string.
 */
export class LineSource implements LineMatcher {
  readonly #run: EventRun;
  readonly #decode: DecodeText;
  readonly #accept: (() => boolean) | undefined;
  readonly #scanner: JsonScanner;
  /** By field. Behind these come the fields that are only watched. */
  readonly #tables: readonly FieldTable[];
  /** The numbers of the watched fields. */
  readonly #watched: readonly number[];
  readonly #known: ValueCache = new ValueCache();
  /** By field, as its table has them. */
  readonly #exists: Int32Array;
  readonly #hasTests: Uint8Array;
  readonly #filters: readonly ValueFilter[];
  #document: EventDocument | undefined;
  readonly #view: EventView = {
    document: () => this.document(),
    someValue: ({ place }, test) => this.#someValue(place, test),
  };
  #generation = 0;
  values = 0;
  newValues = 0;

  constructor(run: EventRun, tables: readonly FieldTable[], options: LineOptions = {}) {
    const { decode = decodeUtf8, watch = [], refuse = [], accept, nesting } = options;
    this.#run = run;
    this.#decode = decode;
    this.#accept = accept;
    const paths = [...new Set([...tables.map(({ path }) => path), ...watch])];
    this.#tables = tables;
    this.#exists = Int32Array.from(tables, ({ exists }) => exists);
    this.#hasTests = Uint8Array.from(tables, ({ hasTests }) => (hasTests ? 1 : 0));
    this.#filters = tables.map(({ traits }) => new ValueFilter(traits));
    this.#watched = watch.map((path) => paths.indexOf(path));
    this.#scanner = new JsonScanner(new KeyTable(paths, refuse), decode, nesting);
  }

  match(bytes: Uint8Array, start: number, end: number): readonly number[] | undefined {
    this.#document = undefined;
    if (!this.#scanner.scan(bytes, start, end)) return undefined;
    if (this.#accept?.() === false) return undefined;
    this.#run.begin();
    if (this.#generation !== this.#run.lists.generation) {
      this.#generation = this.#run.lists.generation;
      this.#known.clear();
    }
    const { count } = this.#scanner;
    for (let place = 0; place < count; place += 1) this.#mark(place);
    return this.#run.finish(this.#view);
  }

  document(): EventDocument {
    const { bytes, length } = this.#scanner;
    // The scan has made sure that it is an object.
    this.#document ??= JSON.parse(this.#decode(bytes, 0, length)) as EventDocument;
    return this.#document;
  }

  watched(place: number): readonly FieldValue[] {
    const field = this.#watched[place];
    const values: FieldValue[] = [];
    for (let found = 0; found < this.#scanner.count; found += 1) {
      if (this.#scanner.fieldAt(found) === field) values.push(this.#readValue(found));
    }
    return values;
  }

  get known(): ValueCache {
    return this.#known;
  }

  #mark(place: number): void {
    const scanner = this.#scanner;
    const field = scanner.fieldAt(place);
    // A field that is only watched, or one that has been dropped.
    if (field < 0 || field >= this.#hasTests.length) return;
    this.values += 1;
    this.#run.see(field, this.#exists[field] ?? noLeaves);
    if (this.#hasTests[field] === 0) return;
    const list = this.#lookUp(place, field);
    if (list !== noLeaves) this.#run.stamp(list);
  }

  #lookUp(place: number, field: number): TruthList {
    const scanner = this.#scanner;
    const start = scanner.startAt(place);
    const end = scanner.endAt(place);
    const kind = scanner.kindAt(place);
    const filter = kind === text || kind === escapedText ? this.#filters[field] : undefined;
    const owner = field * kinds + kind;
    const known = this.#known.find(owner, scanner.view, start, end);
    if (known !== undefined) return known;
    this.newValues += 1;
    const isTold = filter !== undefined && !filter.mayHold(scanner.bytes, start, end);
    const list = isTold ? this.#listOfOthers(field, start === end) : this.#analyse(place, field);
    // What can be told as fast as looked up would only take the place of others.
    if (!isTold || !filter.isFast) this.#known.add(owner, scanner.view, start, end, list);
    return list;
  }

  #analyse(place: number, field: number): TruthList {
    return this.#tables[field]?.analyse(this.#readValue(place)) ?? noLeaves;
  }

  /** Of a text that a look at its bytes has told to satisfy nothing in particular. */
  #listOfOthers(field: number, isEmpty: boolean): TruthList {
    return isEmpty ? noLeaves : (this.#tables[field]?.anyText ?? noLeaves);
  }

  #someValue(field: number, test: ValueTest): boolean {
    const { count } = this.#scanner;
    for (let place = 0; place < count; place += 1) {
      if (this.#scanner.fieldAt(place) === field && test(this.#readValue(place))) return true;
    }
    return false;
  }

  #readValue(place: number): FieldValue {
    const scanner = this.#scanner;
    const start = scanner.startAt(place);
    const end = scanner.endAt(place);
    return readValue(scanner.bytes, start, end, scanner.kindAt(place), this.#decode);
  }
}
