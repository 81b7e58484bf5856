import { runChild } from "../child.ts";
import { median } from "../measure.ts";
import { atMost, type Part } from "../part.ts";
import { digits, megabytes, printTable } from "../table.ts";

export interface CompileRequest {
  /** A folder of rules; without it they are generated. */
  readonly path?: string | undefined;
  readonly rules: number;
  readonly seed: number;
}

export interface CompileResult {
  readonly rules: number;
  /** Reading all files of the folder, however many rules are wanted. */
  readonly loadMs: number;
  /** From texts to conditions. */
  readonly compileMs: number;
  /** From conditions to a set. */
  readonly setMs: number;
  readonly rssBytes: number;
}

/** Point 6: how long it takes before the first event. In fresh processes, where all code is cold. */
export const compiling: Part = {
  name: "compiling",
  title: "reading and compiling rules, in a fresh process",
  isQuick: true,
  run: ({ pool: { path, rules }, seed, rounds: most, isQuick }) => {
    const rounds = isQuick ? 1 : most;
    const larger = rules.length > 1_000 ? [rules.length] : [];
    const sizes = isQuick ? [1_000] : [100, 1_000, ...larger];
    const rows = sizes.map((count) => {
      const runs = Array.from({ length: rounds }, () =>
        runChild<CompileResult>("compile-child.ts", { path, rules: count, seed }),
      );
      const of = (read: (run: CompileResult) => number): number => median(runs.map(read));
      return {
        count,
        loadMs: of(({ loadMs }) => loadMs),
        compileMs: of(({ compileMs }) => compileMs),
        setMs: of(({ setMs }) => setMs),
        rssBytes: of(({ rssBytes }) => rssBytes),
      };
    });
    printTable([
      ["rules", "read all files, ms", "compile, ms", "make ready, ms", "RSS"],
      ...rows.map(({ count, loadMs, compileMs, setMs, rssBytes }) => [
        digits(count),
        digits(loadMs),
        digits(compileMs),
        digits(setMs),
        megabytes(rssBytes),
      ]),
    ]);
    const thousand = rows.find(({ count }) => count === 1_000);
    const seconds = ((thousand?.compileMs ?? 0) + (thousand?.setMs ?? 0)) / 1_000;
    return { musts: [atMost("compile 1,000 rules", 2, seconds, " s")] };
  },
};
