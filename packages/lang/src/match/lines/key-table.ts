import type { FieldPath } from "../../values/index.ts";
import { equalBytes, hashBytes, readAhead } from "./hash-bytes.ts";

/** What an object's key leads to, by number; -1: nowhere. */
type Edge = number;
/** A place among the wanted paths, by number. */
export type Node = number;

/** Where nothing is wanted. */
export const nowhere: Node = -1;
/** The event itself. */
export const root: Node = 0;
/** Where a key leads whose presence says that the line is not for us. */
export const refused: Node = -2;

/**
 * The keys that lead to wanted fields, by the object that has them and by their bytes. An object may spell
 * several names in one key, `process.name`, so that there are more keys than names. Made once; documents add nothing to it.
 */
export class KeyTable {
  /** Where each edge leads. */
  readonly target: Int32Array;
  /** The field that ends at a node, as its place in `paths`; -1: none. */
  readonly fieldAt: Int32Array;
  /** Whether fields lie below a node. */
  readonly hasBelow: Uint8Array;
  readonly #keys: readonly ReadonlyMap<string, Edge>[];
  /** Some wanted key is not plain ASCII: keys have to be decoded to be compared. */
  readonly #hasWideKeys: boolean;
  /** An edge for each slot; -1: free. */
  readonly #slots: Int32Array;
  readonly #nodeOf: Int32Array;
  readonly #startOf: Int32Array;
  readonly #lengthOf: Int32Array;
  readonly #view: DataView;

  constructor(paths: readonly FieldPath[], refusedKeys: readonly string[]) {
    const nodes = makeNodes(paths);
    for (const key of refusedKeys) nodes[root]?.keys.set(key, refused);
    this.fieldAt = Int32Array.from(nodes, ({ field }) => field);
    this.hasBelow = Uint8Array.from(nodes, ({ keys }) => (keys.size > 0 ? 1 : 0));

    const edges = nodes.flatMap(({ keys }, node) =>
      [...keys].map(([key, target]) => ({ node, key, target })),
    );
    this.target = Int32Array.from(edges, ({ target }) => target);
    const maps = nodes.map(() => new Map<string, Edge>());
    for (const [edge, { node, key }] of edges.entries()) maps[node]?.set(key, edge);
    this.#keys = maps;

    this.#nodeOf = Int32Array.from(edges, ({ node }) => node);
    this.#lengthOf = Int32Array.from(edges, ({ key }) => key.length);
    this.#startOf = new Int32Array(edges.length);
    const bytes = new Uint8Array(edges.reduce((sum, { key }) => sum + key.length, readAhead));
    this.#view = new DataView(bytes.buffer);
    this.#slots = new Int32Array(4 << Math.ceil(Math.log2(edges.length + 1))).fill(-1);
    let hasWideKeys = false;
    let end = 0;
    edges.forEach(({ node, key }, edge) => {
      if (!/^[\0-\x7f]*$/.test(key)) hasWideKeys = true;
      // What has to be escaped never stands in a line as it is.
      if (!/^[\x20-\x7f]*$/.test(key) || /["\\]/.test(key)) {
        this.#lengthOf[edge] = notSpelled;
        return;
      }
      this.#startOf[edge] = end;
      for (let index = 0; index < key.length; index += 1)
        bytes[end + index] = key.charCodeAt(index);
      this.#insert(edge, hashBytes(this.#view, end, end + key.length, node));
      end += key.length;
    });
    this.#hasWideKeys = hasWideKeys;
  }

  /** By the bytes between the quotes, which hold no escape. `undefined`: they have to be decoded to tell. */
  find(node: Node, view: DataView, start: number, end: number): Edge | undefined {
    const length = end - start;
    const mask = this.#slots.length - 1;
    for (let slot = hashBytes(view, start, end, node) & mask; ; slot = (slot + 1) & mask) {
      const edge = this.#slots[slot] ?? -1;
      if (edge === -1) return this.#hasWideKeys ? undefined : -1;
      if (
        this.#nodeOf[edge] === node &&
        this.#lengthOf[edge] === length &&
        equalBytes(this.#view, this.#startOf[edge] ?? 0, view, start, length)
      ) {
        return edge;
      }
    }
  }

  /** Where the key of the edge ends if it stands at `start`, with a quote behind it; -1 if it does not. */
  endOf(edge: Edge, view: DataView, bytes: Uint8Array, start: number): number {
    const length = this.#lengthOf[edge] ?? notSpelled;
    const end = start + length;
    if (length === notSpelled || end >= bytes.length - readAhead || bytes[end] !== quote) return -1;
    return equalBytes(this.#view, this.#startOf[edge] ?? 0, view, start, length) ? end : -1;
  }

  findDecoded(node: Node, key: string): Edge {
    return this.#keys[node]?.get(key) ?? -1;
  }

  #insert(edge: Edge, hash: number): void {
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    while (this.#slots[slot] !== -1) slot = (slot + 1) & mask;
    this.#slots[slot] = edge;
  }
}

const quote = 0x22;
/** The length of a key that has to be decoded to be compared. */
const notSpelled = -1;

interface NodeDraft {
  field: number;
  /** All keys that lead further down, each name or run of names. */
  readonly keys: Map<string, Node>;
}

function makeNodes(paths: readonly FieldPath[]): readonly NodeDraft[] {
  const nodes: NodeDraft[] = [{ field: -1, keys: new Map() }];
  const nodeOf = (path: string): Node => {
    const names = path.split(".");
    let node = root;
    for (let from = 0; from < names.length; from += 1) {
      // From every node above there is a key to this one.
      const name = names[from] ?? "";
      const next = nodes[node]?.keys.get(name) ?? nodes.push({ field: -1, keys: new Map() }) - 1;
      nodes[node]?.keys.set(name, next);
      node = next;
    }
    return node;
  };
  paths.forEach((path, field) => {
    const end = nodes[nodeOf(path)];
    if (end !== undefined) end.field = field;
  });
  for (const path of paths) {
    const names = path.split(".");
    for (let from = 0; from < names.length; from += 1) {
      const above = from === 0 ? root : nodeOf(names.slice(0, from).join("."));
      for (let to = from + 2; to <= names.length; to += 1) {
        nodes[above]?.keys.set(
          names.slice(from, to).join("."),
          nodeOf(names.slice(0, to).join(".")),
        );
      }
    }
  }
  return nodes;
}
