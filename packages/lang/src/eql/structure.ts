import type { Report } from "../text/index.ts";
import type { SampleQuery, SequenceQuery, Statement, Term } from "./ast.ts";

/** What the grammar lets through and no sequence or sample may have, whatever the fields are (eql-semantics 2, 3.7, 12.1). */
export function checkStructure({ query }: Statement, report: Report): void {
  if (query.kind === "sequence") checkSequence(query, report);
  if (query.kind === "sample") checkSample(query, report);
}

function checkSequence(query: SequenceQuery, report: Report): void {
  const { terms, maxspan, until, span } = query;
  const error = { severity: "error", code: "eql/sequence", span } as const;
  const missing = terms.find((term) => term.missing);
  const labels = missing && [{ span: missing.span, message: "a missing event" }];
  if (terms.reduce((count, term) => count + term.runs, 0) < 2) {
    report({
      ...error,
      message: "a sequence takes at least two terms",
      hint: "for one event leave out `sequence` and the brackets; `with runs=2` counts as two",
    });
  }
  if (missing !== undefined && maxspan === undefined) {
    report({
      ...error,
      message: "a sequence with missing events needs a maxspan",
      ...(labels && { labels }),
      hint: "write `sequence with maxspan=5m`",
    });
  }
  if (terms.every((term) => term.missing)) {
    report({
      ...error,
      message: "a sequence takes at least one event that is not missing",
      ...(labels && { labels }),
    });
  }
  checkKeyCounts(query.by.length, until === undefined ? terms : [...terms, until], report);
}

function checkSample(query: SampleQuery, report: Report): void {
  if (query.by.length === 0 && query.terms.every((term) => term.by.length === 0)) {
    report({
      severity: "error",
      code: "eql/sample",
      message: "a sample takes at least one key",
      span: query.span,
      hint: "write `sample by host.id …`",
    });
    return;
  }
  checkKeyCounts(query.by.length, query.terms, report);
}

function checkKeyCounts(shared: number, terms: readonly Term[], report: Report): void {
  const [first, ...others] = terms;
  const odd = others.find((term) => term.by.length !== first?.by.length);
  if (first === undefined || odd === undefined) return;
  report({
    severity: "error",
    code: "eql/key-count",
    message: `this term has ${countKeys(shared + odd.by.length)}, the first has ${countKeys(shared + first.by.length)}`,
    span: odd.bySpan ?? odd.span,
    labels: [{ span: first.bySpan ?? first.span, message: "the first term" }],
    hint: "all terms join by the same number of keys",
  });
}

function countKeys(count: number): string {
  return count === 1 ? "1 join key" : `${count} join keys`;
}
