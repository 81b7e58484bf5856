import {
  deepestLevel,
  type EventDocument,
  type FieldValue,
  isFieldValue,
  isObject,
  someValue,
} from "./document.ts";
import type { EventRun, EventView } from "./event-run.ts";
import type { FieldTable } from "./field-table.ts";
import { FieldTrie } from "./field-trie.ts";
import { KnownValues } from "./known-values.ts";
import { noLeaves } from "./truth-lists.ts";

/** A field as the walk knows it. */
interface KnownField {
  readonly table: FieldTable;
  readonly known: KnownValues;
}

/** The values of wanted fields in a parsed document: the plain source, which says what every other must find. */
export class DocumentSource {
  readonly #run: EventRun;
  readonly #trie: FieldTrie<KnownField> = new FieldTrie();
  readonly #fields: readonly KnownField[];
  #document: EventDocument = {};
  readonly #view: EventView = {
    document: () => this.#document,
    someValue: ({ path }, test) => someValue(this.#document, path, test),
  };
  #generation = 0;
  values = 0;
  newValues = 0;

  constructor(run: EventRun, tables: readonly FieldTable[]) {
    this.#run = run;
    this.#fields = tables.map((table) => ({ table, known: new KnownValues() }));
    for (const field of this.#fields) this.#trie.add(field.table.path, field);
  }

  match(document: EventDocument): readonly number[] {
    this.#run.begin();
    if (this.#generation !== this.#run.lists.generation) this.#forget();
    this.#visit(document, this.#trie, 0);
    this.#document = document;
    return this.#run.finish(this.#view);
  }

  get known(): readonly KnownValues[] {
    return this.#fields.map(({ known }) => known);
  }

  #forget(): void {
    this.#generation = this.#run.lists.generation;
    for (const { known } of this.#fields) known.clear();
  }

  #visit(value: unknown, node: FieldTrie<KnownField>, level: number): void {
    if (isFieldValue(value)) {
      if (node.table !== undefined) this.#mark(node.table, value);
      return;
    }
    if (level === deepestLevel) return;
    if (Array.isArray(value)) {
      for (const item of value) this.#visit(item, node, level + 1);
      return;
    }
    if (!isObject(value) || !node.hasChildren) return;
    // Keys alone: pairs would cost more than all the rest of the walk.
    for (const key of Object.keys(value)) {
      const next = node.below(key);
      if (next !== undefined) this.#visit(value[key], next, level + 1);
    }
  }

  #mark({ table, known }: KnownField, value: FieldValue): void {
    this.values += 1;
    this.#run.see(table.place, table.exists);
    if (!table.hasTests) return;
    let list = known.find(value);
    if (list === undefined) {
      this.newValues += 1;
      list = table.analyse(value);
      known.add(value, list);
    }
    if (list !== noLeaves) this.#run.stamp(list);
  }
}
