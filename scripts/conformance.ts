/**
 * Runs Elasticsearch's public EQL tests. Reads them from `conformance/eql` of the shared material and the listed
 * gaps from spec/known-gaps.toml; writes only to standard output. Exit 1 when a case fails or a gap passes, 0 when the
 * tests are not there.
 */
import { readFileSync } from "node:fs";
import { parse } from "smol-toml";
import { checkCases } from "./conformance/cases.ts";
import { type Gap, reportChecks } from "./conformance/report.ts";
import { checkSeries } from "./conformance/series.ts";
import { findShared } from "./shared.ts";

function readGaps(): readonly Gap[] {
  const file = new URL("../spec/known-gaps.toml", import.meta.url);
  const { conformance } = parse(readFileSync(file, "utf8"));
  if (!Array.isArray(conformance))
    throw new Error("spec/known-gaps.toml has no list `conformance`");
  return conformance.map((gap) => {
    const isTable = typeof gap === "object" && !Array.isArray(gap) && !(gap instanceof Date);
    if (!isTable || typeof gap.case !== "string" || typeof gap.reason !== "string") {
      throw new Error("spec/known-gaps.toml: a gap needs a `case` and a `reason`");
    }
    return { case: gap.case, reason: gap.reason };
  });
}

const folder = findShared("conformance/eql/elasticsearch");
if (folder === undefined) {
  console.log("skipped: the conformance tests are not here; HARRIER_SHARED says where they are");
} else {
  const { lines, isGood } = reportChecks(
    [...checkCases(folder), ...checkSeries(folder)],
    readGaps(),
  );
  console.log(lines.join("\n"));
  process.exitCode = isGood ? 0 : 1;
}
