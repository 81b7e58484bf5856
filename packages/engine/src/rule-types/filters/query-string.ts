import type { CompileClause } from "./context.ts";

/** A query in Lucene's language. */
export const compileQueryString: CompileClause = (_body, path, { report }) => {
  report(path, "filter/unsupported", "the clause `query_string` is not supported");
  return undefined;
};
