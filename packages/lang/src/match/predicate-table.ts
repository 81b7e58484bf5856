import type {
  ComputedPredicate,
  Expression,
  FieldPredicate,
  LeafPredicate,
  Predicate,
} from "../ir/index.ts";
import { type FieldPath, type Literal, literalText } from "../values/index.ts";
import { encodeKey } from "./join-key.ts";

/**
 * A condition over numbered leaves. Leaves over one field count from 0; those that are
 * computed only when a program asks for them count down from -1.
 */
export type Tree =
  | { readonly kind: "constant"; readonly value: boolean }
  | { readonly kind: "all" | "any"; readonly of: readonly Tree[] }
  | { readonly kind: "not"; readonly of: Tree }
  | { readonly kind: "leaf"; readonly id: number };

/** Leaves of many conditions, each kept once: equal leaves have one number. */
export class PredicateTable {
  readonly fieldLeaves: FieldPredicate[] = [];
  readonly computed: ComputedPredicate[] = [];
  readonly #ids: Map<string, number> = new Map();

  treeOf(predicate: Predicate): Tree {
    switch (predicate.kind) {
      case "constant":
        return predicate;
      case "all":
      case "any":
        return { kind: predicate.kind, of: predicate.of.map((part) => this.treeOf(part)) };
      case "not":
        return { kind: "not", of: this.treeOf(predicate.of) };
      default:
        return { kind: "leaf", id: this.idOf(predicate) };
    }
  }

  idOf(leaf: LeafPredicate): number {
    const key = leafKey(leaf);
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    const id = isComputed(leaf) ? -this.computed.push(leaf) : this.fieldLeaves.push(leaf) - 1;
    this.#ids.set(key, id);
    return id;
  }

  /** The leaf that asks whether the field is there, as far as some condition asks or `addExists` was called. */
  existsOf(path: FieldPath): number | undefined {
    return this.#ids.get(leafKey(existsLeaf(path)));
  }

  addExists(path: FieldPath): void {
    this.idOf(existsLeaf(path));
  }

  leafOf(id: number): LeafPredicate {
    const leaf = id < 0 ? this.computed[-id - 1] : this.fieldLeaves[id];
    if (leaf === undefined) throw new Error(`no leaf has the number ${id}`);
    return leaf;
  }
}

function existsLeaf(path: FieldPath): FieldPredicate {
  return { kind: "exists", field: { path, type: "unknown" } };
}

function isComputed(leaf: LeafPredicate): leaf is ComputedPredicate {
  return leaf.kind === "expression" || leaf.kind === "nested" || leaf.kind === "anywhere";
}

/** Equal for trees that are written alike over the same leaves. */
export function treeKey(tree: Tree): string {
  switch (tree.kind) {
    case "constant":
      return String(tree.value);
    case "leaf":
      return String(tree.id);
    case "not":
      return `!${treeKey(tree.of)}`;
    case "all":
    case "any":
      return `${tree.kind}(${tree.of.map(treeKey).join(",")})`;
    default:
      return tree satisfies never;
  }
}

/** Equal for leaves with the same meaning; the order of a list does not count. */
function leafKey(leaf: LeafPredicate): string {
  if (leaf.kind === "expression") return `expression ${expressionKey(leaf.of)}`;
  if (leaf.kind === "nested") return JSON.stringify([leaf.kind, leaf.path, conditionKey(leaf.of)]);
  if (leaf.kind === "anywhere") {
    return JSON.stringify([leaf.kind, leaf.fold, [...leaf.patterns].sort()]);
  }
  const field = [leaf.kind, leaf.field.path, leaf.field.type];
  switch (leaf.kind) {
    case "exists":
      // Every type has a value where there is one.
      return JSON.stringify([leaf.kind, leaf.field.path]);
    case "equals":
      return JSON.stringify([
        ...field,
        leaf.fold,
        leaf.values.map((value) => encodeKey([value])).sort(),
      ]);
    case "range":
      return JSON.stringify([...field, boundKey(leaf.above), boundKey(leaf.below)]);
    case "wildcard":
    case "regex":
      return JSON.stringify([...field, leaf.fold, [...leaf.patterns].sort()]);
    case "cidr":
      return JSON.stringify([...field, [...leaf.blocks].sort()]);
    case "tokens": {
      const tokens = leaf.mode === "phrase" ? leaf.tokens : [...leaf.tokens].sort();
      return JSON.stringify([...field, leaf.analyzer, leaf.mode, tokens]);
    }
    default:
      return leaf satisfies never;
  }
}

/** Equal for conditions that are written alike over leaves with the same meaning. */
function conditionKey(predicate: Predicate): string {
  switch (predicate.kind) {
    case "constant":
      return String(predicate.value);
    case "all":
    case "any":
      return JSON.stringify([predicate.kind, predicate.of.map(conditionKey)]);
    case "not":
      return JSON.stringify([predicate.kind, conditionKey(predicate.of)]);
    default:
      return leafKey(predicate);
  }
}

function boundKey(
  bound: { value: Exclude<Literal, null>; inclusive: boolean } | undefined,
): string {
  return bound === undefined ? "" : `${bound.inclusive} ${encodeKey([bound.value])}`;
}

function expressionKey(expression: Expression): string {
  return JSON.stringify(expression, (_, value: unknown) => {
    if (typeof value === "bigint") return { whole: String(value) };
    return typeof value === "number" ? { decimal: literalText(value) } : value;
  });
}
