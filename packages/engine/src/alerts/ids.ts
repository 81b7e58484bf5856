import { createHash } from "node:crypto";
import type { EpochNanos } from "@harrier/lang/values";
import type { Rule } from "../rules/index.ts";
import type { Ancestor } from "./alert.ts";

/** The only tenant there is; part of every id (detection-semantics 4.3). */
export const space = "default";

/** The id of an alert on one event. The word `undefined` stands where Elastic hashes a version it never asks for. */
export function eventAlertId(id: string, index: string, rule: Rule): string {
  return sha256(`${index}${id}undefined${space}:${rule.id}`);
}

/** Ids of the blocks of a sequence, in order, from each block's ancestors. */
export function sequenceBlockIds(
  ancestorsOfBlocks: readonly (readonly Ancestor[])[],
  rule: Rule,
): readonly string[] {
  const base = ancestorsOfBlocks.map((ancestors) => concatenate(ancestors) + rule.id).join("");
  return ancestorsOfBlocks.map((_, place) => sha256(base + String(place)));
}

/** The id of a sequence's shell, from all its ancestors. */
export function sequenceShellId(ancestors: readonly Ancestor[], rule: Rule): string {
  return sha256(concatenate(ancestors) + rule.id);
}

/**
 * The id of the rule's run at a tick. The same input must give the same alerts, so it is not random:
 * a UUID of version 8 (RFC 9562: the maker's own scheme).
 */
export function runId(rule: Rule, tick: EpochNanos): string {
  const digest = sha256(`run:${space}:${rule.id}:${tick}`);
  const variant = ((Number.parseInt(digest.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return [
    digest.slice(0, 8),
    digest.slice(8, 12),
    `8${digest.slice(13, 16)}`,
    `${variant}${digest.slice(17, 20)}`,
    digest.slice(20, 32),
  ].join("-");
}

function concatenate(ancestors: readonly Ancestor[]): string {
  return ancestors.map(({ id, index }) => id + index).join("");
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
