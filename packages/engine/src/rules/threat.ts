import { isObject } from "./classify.ts";
import type { Threat, ThreatReference } from "./rule.ts";

/** The `threat` list with every part there: rules of the repository leave `technique` out. */
export function readThreats(value: unknown): readonly Threat[] {
  return listOf(value).map((entry) => ({
    framework: textOf(entry.framework),
    tactic: readReference(entry.tactic),
    technique: listOf(entry.technique).map((technique) => ({
      ...readReference(technique),
      subtechnique: listOf(technique.subtechnique).map(readReference),
    })),
  }));
}

function readReference(value: unknown): ThreatReference {
  const { id, name, reference } = isObject(value) ? value : {};
  return { id: textOf(id), name: textOf(name), reference: textOf(reference) };
}

function listOf(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
