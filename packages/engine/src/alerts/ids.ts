import { createHash } from "node:crypto";
import { type EpochNanos, formatInstant, type Literal } from "@harrier/lang/values";
import type { Rule } from "../rules/index.ts";
import type { Ancestor } from "./alert.ts";
import { jsonValue } from "./json-value.ts";
import { type HashedValue, hashObject } from "./object-hash.ts";

/** The only tenant there is; part of every id (detection-semantics 4.3). */
export const space = "default";

/** The namespace of the ids that stand for groups of events; chosen once and for ever. */
const groupNamespace = "5c0a6f2e-8f0b-4d7c-9d7e-2b1f4f6a9e31";

/** The id of an alert on one event. The word `undefined` stands where Elastic hashes a version it never asks for. */
export function eventAlertId(id: string, index: string, rule: Rule): string {
  return sha256(`${index}${id}undefined${scopeOf(rule)}`);
}

/** The id of an alert on an event with new terms: an event may have several. */
export function newTermsAlertId(
  id: string,
  index: string,
  rule: Rule,
  terms: readonly Literal[],
): string {
  return hashObject([index, id, "undefined", scopeOf(rule), terms.map(jsonValue)]);
}

/** The id of a query's alert that stands for a group: an event may be the first of several. */
export function groupedAlertId(
  id: string,
  index: string,
  rule: Rule,
  terms: readonly HashedValue[],
  start: EpochNanos,
  end: EpochNanos,
): string {
  const scope = scopeOf(rule);
  return hashObject([index, id, "undefined", scope, terms, dateOf(start), dateOf(end)]);
}

/** What stands for the `_id` of the event that a threshold alert is about: there is none. */
export function thresholdSourceId(
  rule: Rule,
  tick: EpochNanos,
  fields: readonly string[],
  values: readonly Literal[],
): string {
  const sorted = values.map((value) => String(jsonValue(value))).sort();
  return uuidOf(`${rule.ruleId}${formatInstant(tick)}${fields.join(",")}${sorted.join(",")}`);
}

/** The id of a threshold alert that stands for others. */
export function suppressedThresholdAlertId(id: string, index: string, rule: Rule): string {
  return hashObject([index, id, scopeOf(rule)]);
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
  return asUuid(sha256(`run:${scopeOf(rule)}:${tick}`), "8");
}

/** A UUID of version 5: SHA-1 of the namespace and the name. */
function uuidOf(name: string): string {
  const namespace = Buffer.from(groupNamespace.replaceAll("-", ""), "hex");
  return asUuid(createHash("sha1").update(namespace).update(name).digest("hex"), "5");
}

/** The first 128 bits of a digest in hex, with version and variant where RFC 9562 wants them. */
function asUuid(digest: string, version: "5" | "8"): string {
  const variant = ((Number.parseInt(digest.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return [
    digest.slice(0, 8),
    digest.slice(8, 12),
    `${version}${digest.slice(13, 16)}`,
    `${variant}${digest.slice(17, 20)}`,
    digest.slice(20, 32),
  ].join("-");
}

function scopeOf({ id }: Rule): string {
  return `${space}:${id}`;
}

function dateOf(time: EpochNanos): Date {
  return new Date(Number(time / 1_000_000n));
}

function concatenate(ancestors: readonly Ancestor[]): string {
  return ancestors.map(({ id, index }) => id + index).join("");
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
