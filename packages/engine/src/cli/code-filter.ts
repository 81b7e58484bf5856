import { similarNames } from "@harrier/lang/ecs";
import { type Diagnostic, type DiagnosticCode, diagnosticCodes } from "@harrier/lang/text";
import { UsageError } from "./exit.ts";

const codes = Object.keys(diagnosticCodes);

/**
 * Which findings to show: those with a code of `select` (all where it is empty) and none of `ignore`. A name without a
 * slash stands for all codes of its group.
 */
export function filterByCode({
  select,
  ignore,
}: {
  readonly select: readonly string[];
  readonly ignore: readonly string[];
}): (finding: Diagnostic) => boolean {
  for (const name of [...select, ...ignore]) checkName(name);
  return ({ code }) =>
    (select.length === 0 || select.some((name) => stands(name, code))) &&
    !ignore.some((name) => stands(name, code));
}

export function findCode(name: string): DiagnosticCode {
  const found = codes.find((code): code is DiagnosticCode => code === name);
  if (found !== undefined) return found;
  throw new UsageError(`there is no code ${name}`, hintFor(name));
}

function checkName(name: string): void {
  if (codes.some((code) => stands(name, code))) return;
  throw new UsageError(`there is no code ${name}`, hintFor(name));
}

function stands(name: string, code: string): boolean {
  return code === name || code.startsWith(`${name}/`);
}

function hintFor(name: string): string {
  const [similar] = similarNames(name, codes);
  return similar === undefined
    ? "docs/reference/errors.md has them all"
    : `did you mean ${similar}?`;
}
