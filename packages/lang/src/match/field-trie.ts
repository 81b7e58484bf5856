import type { FieldPath } from "../values/index.ts";

/** Keys that a node remembers besides its children; documents decide what keys there are, so there is a bound. */
const mostRemembered = 256;

/**
 * The wanted field paths as a tree of names, to be walked beside a document. `T` is what is kept for
 * a field. Objects that lead to no wanted field are not entered.
 */
export class FieldTrie<T> {
  table: T | undefined;
  readonly #children: Map<string, FieldTrie<T>> = new Map();
  /** What each key of a document led to; null: nowhere. Answers all but the first question with one look. */
  readonly #known: Map<string, FieldTrie<T> | null> = new Map();

  add(path: FieldPath, table: T): void {
    let node: FieldTrie<T> = this;
    for (const name of path.split(".")) {
      let child = node.#children.get(name);
      if (child === undefined) {
        child = new FieldTrie<T>();
        node.#children.set(name, child);
      }
      node = child;
    }
    node.table = table;
  }

  get hasChildren(): boolean {
    return this.#children.size > 0;
  }

  /** The node below a key of the document: one name, or several with dots between. */
  below(key: string): FieldTrie<T> | undefined {
    let found = this.#known.get(key);
    if (found === undefined) {
      found = this.#descend(key) ?? null;
      if (this.#known.size >= this.#children.size + mostRemembered) this.#known.clear();
      this.#known.set(key, found);
    }
    return found ?? undefined;
  }

  #descend(key: string): FieldTrie<T> | undefined {
    let node: FieldTrie<T> | undefined = this;
    for (const name of key.split(".")) {
      node = node.#children.get(name);
      if (node === undefined) return undefined;
    }
    return node;
  }
}
