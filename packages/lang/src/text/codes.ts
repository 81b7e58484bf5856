/**
 * Every code a finding can have, with a paragraph for the errors page (printed from here).
 * A code is never renamed and never reused. Each room has its lines together.
 */
export const diagnosticCodes = {
  "eql/lexical": "A character or escape that no token of the language can hold.",
  "eql/syntax":
    "The tokens do not form a query. The finding points at the first token that does not fit.",
} as const;

export type DiagnosticCode = keyof typeof diagnosticCodes;
