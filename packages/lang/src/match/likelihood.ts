import type { FieldPredicate, LeafPredicate } from "../ir/index.ts";
import type { FieldPath } from "../values/index.ts";

/**
 * How often a leaf is true, between 0 and 1: a guess from the kind of leaf and its field, good enough
 * to tell broad conditions (a category, an operating system) from selective ones (a process name).
 * It decides the order of work, never a result.
 */
export function likelihoodOf(leaf: LeafPredicate): number {
  if (leaf.kind === "expression" || leaf.kind === "nested" || leaf.kind === "anywhere") return 0.3;
  const broad = broadness(leaf.field.path);
  return leaf.kind === "exists" ? Math.max(0.3, broad) : Math.max(kindLikelihood(leaf), broad);
}

function kindLikelihood(leaf: FieldPredicate): number {
  switch (leaf.kind) {
    case "exists":
      return 0.3;
    case "equals":
      return Math.min(0.1, 0.001 * (1 + leaf.values.length));
    case "wildcard":
      return leaf.patterns.some((pattern) => /^[*?]*$/.test(pattern))
        ? 0.3
        : Math.min(0.2, 0.005 * (1 + leaf.patterns.length));
    case "tokens":
      return 0.01;
    case "regex":
      return 0.02;
    case "range":
    case "cidr":
      return 0.1;
    default:
      return leaf satisfies never;
  }
}

/** Fields that nearly every event has with one of a few values. */
const broadFields: ReadonlyMap<FieldPath, number> = new Map([
  ["event.kind", 0.9],
  ["host.os.type", 0.8],
  ["host.os.family", 0.8],
  ["agent.type", 0.8],
  ["event.outcome", 0.6],
  ["event.type", 0.5],
  ["event.category", 0.4],
  ["event.module", 0.4],
  ["event.dataset", 0.3],
  ["event.provider", 0.3],
  ["data_stream.dataset", 0.3],
  ["event.action", 0.25],
  ["network.direction", 0.25],
  ["process.parent.name", 0.02],
  ["user.id", 0.3],
  ["user.name", 0.2],
  ["user.domain", 0.3],
  ["process.Ext.token.integrity_level_name", 0.4],
  ["winlog.channel", 0.4],
  ["event.code", 0.05],
]);

function broadness(path: FieldPath): number {
  if (path.includes("code_signature.")) return 0.3;
  return broadFields.get(path) ?? 0;
}
