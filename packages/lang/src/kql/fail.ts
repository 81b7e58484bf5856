import { type Diagnostic, DiagnosticError } from "../text/index.ts";

/** Stops reading: nothing behind a text that is no query can be understood. */
export function fail(finding: Omit<Diagnostic, "severity">): never {
  throw new DiagnosticError([{ severity: "error", ...finding }]);
}
