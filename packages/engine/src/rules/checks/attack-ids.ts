import type { Diagnostic } from "@harrier/lang/text";
import {
  type AttackTechnique,
  attackVersion,
  findTactic,
  findTechnique,
} from "../attack/attack.ts";
import type { ValuePath } from "../parsed-file.ts";
import type { Rule, ThreatReference } from "../rule.ts";
import { finding, type RuleCheck, replaceText } from "./check.ts";

/**
 * Tactics and techniques that ATT&CK does not have, has revoked or names otherwise, and techniques under a tactic or
 * technique that is not theirs. Other frameworks are left alone.
 */
export const checkAttackIds: RuleCheck = (rule) =>
  rule.threat.flatMap((threat, index) => {
    if (threat.framework !== "MITRE ATT&CK") return [];
    const path: ValuePath = ["threat", index];
    return [
      ...checkTactic(rule, threat.tactic, [...path, "tactic"]),
      ...threat.technique.flatMap((technique, place) => {
        const at: ValuePath = [...path, "technique", place];
        return [
          ...checkTechnique(rule, technique, at, (known) =>
            findTactic(threat.tactic.id) === undefined || known.tactics.includes(threat.tactic.id)
              ? undefined
              : `is no technique of ${threat.tactic.name} (${threat.tactic.id})`,
          ),
          ...technique.subtechnique.flatMap((below, number) =>
            checkTechnique(rule, below, [...at, "subtechnique", number], (known) =>
              known.parentId === technique.id ? undefined : `is not below ${technique.id}`,
            ),
          ),
        ];
      }),
    ];
  });

function checkTactic(rule: Rule, { id, name }: ThreatReference, path: ValuePath): Diagnostic[] {
  const tactic = findTactic(id);
  if (tactic === undefined) {
    const message = `ATT&CK ${attackVersion} has no tactic ${quoted(id)}`;
    return [finding(rule, [...path, "id"], "warning", "rule/unknown-technique", message)];
  }
  return tactic.name === name ? [] : [renamed(rule, path, id, name, tactic.name)];
}

function checkTechnique(
  rule: Rule,
  { id, name }: ThreatReference,
  path: ValuePath,
  misplaced: (known: AttackTechnique) => string | undefined,
): Diagnostic[] {
  const found = findTechnique(id);
  const at: ValuePath = [...path, "id"];
  switch (found.kind) {
    case "unknown": {
      const message = `ATT&CK ${attackVersion} has no technique ${quoted(id)}`;
      return [finding(rule, at, "warning", "rule/unknown-technique", message)];
    }
    case "revoked": {
      const { successor } = found;
      const message = `ATT&CK has revoked ${id}`;
      const hint = `use ${successor.id}, ${successor.name}`;
      return [finding(rule, at, "warning", "rule/revoked-technique", message, hint)];
    }
    case "known": {
      const { technique } = found;
      const reason = misplaced(technique);
      const findings: Diagnostic[] = [];
      if (reason !== undefined) {
        const message = `${id}, ${technique.name}, ${reason}`;
        const hint = `it is one of ${technique.tactics.map(nameOfTactic).join(", ")}`;
        findings.push(finding(rule, at, "warning", "rule/misplaced-technique", message, hint));
      }
      if (technique.name !== name) findings.push(renamed(rule, path, id, name, technique.name));
      return findings;
    }
    default:
      return found satisfies never;
  }
}

function renamed(rule: Rule, path: ValuePath, id: string, name: string, today: string): Diagnostic {
  const at: ValuePath = [...path, "name"];
  const message = `ATT&CK ${attackVersion} calls ${id} "${today}", not ${quoted(name)}`;
  const edit = replaceText(rule, at, name, today);
  return {
    ...finding(rule, at, "note", "rule/renamed-technique", message),
    ...(edit !== undefined && { fix: [edit] }),
  };
}

function nameOfTactic(id: string): string {
  return `${findTactic(id)?.name} (${id})`;
}

function quoted(text: string): string {
  return JSON.stringify(text.slice(0, 60));
}
