import { join } from "node:path";
import { ConditionSet } from "@harrier/lang/match";
import { generateExceptions } from "../generated-exceptions.ts";
import { bytesOf, type Input, writeLines } from "../inputs.ts";
import { blockMatcher, parseAll, type Source } from "../match-lines.ts";
import { median, takeTurns, timeOf } from "../measure.ts";
import { atMost, type Bench, type Must, type Part } from "../part.ts";
import { type BenchRule, takeRules } from "../rule-pool.ts";
import { ruleSetOf, writeRuleSet } from "../rule-set.ts";
import { type StreamResult, stream } from "../stream.ts";
import { digits, megabytes, printTable } from "../table.ts";

interface Variant {
  readonly rules: string;
  readonly source: Source;
}

interface Measured extends Variant {
  /** Microseconds of an event, and the same as a multiple of `JSON.parse`. */
  readonly streamUs: number;
  readonly streaming: number;
  /** Streaming, the second half alone. */
  readonly settled: number;
  readonly hot: number;
  readonly rssBytes: number;
}

const counts = [100, 300, 1_000] as const;
const withExceptions = "all, 5000 exceptions";
const sources = ["A", "B"] as const;
/** Events that come again and again: few enough that all of their values are remembered. */
const hotEvents = 4_000;

/** Points 2 to 4: matching as a multiple of `JSON.parse`, by the number of rules, on all inputs. */
export const matching: Part = {
  name: "matching",
  title: "matching, as multiples of JSON.parse of the same lines",
  isQuick: true,
  run: async (bench) => {
    const ratios: Record<string, number> = {};
    const musts: Must[] = [];
    // A gate needs no more than one input.
    const inputs = bench.isQuick ? bench.inputs.slice(0, 1) : bench.inputs;
    for (const [index, input] of inputs.entries()) {
      const measured = await measure(input, ruleSets(bench, input), bench);
      for (const { rules, source, streaming, hot } of measured) {
        ratios[`${input.name}, ${rules} rules, source ${source}, streaming`] = streaming;
        ratios[`${input.name}, ${rules} rules, source ${source}, hot`] = hot;
      }
      if (index === 0) musts.push(...mustsOf(measured));
    }
    return { ratios, musts };
  },
};

/** Generated events beside real ones are for comparing with machines that have nothing else: one number is enough. */
function ruleSets(
  { pool, seed, isQuick, inputs }: Bench,
  input: Input,
): ReadonlyMap<string, readonly BenchRule[]> {
  const sets = new Map<string, readonly BenchRule[]>();
  const isAside = input.name === "generated" && inputs[0] !== input;
  if (!isAside) for (const count of isQuick ? [1_000] : counts) add(count);
  sets.set("all", pool.rules);
  if (input === inputs[0] && !isQuick)
    sets.set(withExceptions, [...pool.rules, ...generateExceptions(5_000, seed)]);
  if (!isAside) add(10_000);
  return sets;

  function add(count: number): void {
    sets.set(String(count), takeRules(pool, count, seed));
  }
}

async function measure(
  input: Input,
  sets: ReadonlyMap<string, readonly BenchRule[]>,
  bench: Bench,
): Promise<readonly Measured[]> {
  const events = join(bench.folder, "events.ndjson");
  await writeLines(events, input.lines);
  // A gate looks at one source where there are many rules: making them ready takes most of its time.
  const variants = [...sets.keys()].flatMap((rules) =>
    sources
      .filter((source) => source === "B" || rules === "all" || !bench.isQuick)
      .map((source) => ({ rules, source })),
  );
  for (const [name, rules] of sets) writeRuleSet(pathOf(name, bench), ruleSetOf(rules));
  const streamed = takeTurns(
    bench.rounds,
    variants.map(
      ({ rules, source }) =>
        () =>
          stream({ events, rules: pathOf(rules, bench), source }),
    ),
  );
  const hot = measureHot(input, sets, variants, bench);
  const measured = variants.map((variant, index): Measured => {
    const runs = streamed[index] ?? [];
    const ratioOf = (run: StreamResult): number => run.matchMs / run.parseMs;
    return {
      ...variant,
      streamUs: median(runs.map(({ matchMs, events: count }) => (matchMs * 1_000) / count)),
      streaming: median(runs.map(ratioOf)),
      settled: median(runs.map(({ settled }) => settled)),
      hot: hot[index] ?? Number.NaN,
      rssBytes: median(runs.map(({ rssBytes }) => rssBytes)),
    };
  });
  print(input, measured, streamed.flat());
  return measured;
}

/** All variants in this process, in turn with `JSON.parse`. The first turn fills the tables and does not count. */
function measureHot(
  { lines }: Input,
  sets: ReadonlyMap<string, readonly BenchRule[]>,
  variants: readonly Variant[],
  { rounds }: Bench,
): readonly number[] {
  const texts = lines.slice(0, hotEvents);
  const block = Buffer.from(`${texts.join("\n")}\n`);
  const runs = variants.map(({ rules, source }) => {
    const { conditions, isSingle } = ruleSetOf(sets.get(rules) ?? []);
    const match = blockMatcher(source, new ConditionSet(conditions), isSingle);
    match(block);
    return () => {
      const parse = timeOf(() => parseAll(texts));
      return timeOf(() => match(block)) / parse;
    };
  });
  return takeTurns(rounds + 1, runs).map((ratios) => median(ratios.slice(1)));
}

function print(input: Input, measured: readonly Measured[], runs: readonly StreamResult[]): void {
  const parseUs = runs.map(({ parseMs, events }) => (parseMs * 1_000) / events);
  const unit = median(parseUs);
  const bytes = bytesOf(input) / input.lines.length;
  console.log(
    `${input.name}: ${digits(input.lines.length)} events of ${bytes.toFixed(0)} bytes; JSON.parse alone ` +
      `${digits(unit)} us/event, ${digits(bytes / unit)} MB/s ` +
      `(the machine drifted: ${digits(Math.min(...parseUs))} to ${digits(Math.max(...parseUs))} us)`,
  );
  const of = (rules: string, source: Source): number =>
    measured.find((each) => each.rules === rules && each.source === source)?.streaming ??
    Number.NaN;
  printTable([
    [
      "rules",
      "source",
      "us/event",
      "events/s",
      "streaming",
      "second half",
      "hot",
      "x 100",
      "x 1000",
      "RSS",
    ],
    ...measured.map((each) => [
      each.rules,
      each.source,
      digits(each.streamUs),
      digits(1e6 / each.streamUs),
      digits(each.streaming),
      digits(each.settled),
      digits(each.hot),
      digits(each.streaming / of("100", each.source)),
      digits(each.streaming / of("1000", each.source)),
      megabytes(each.rssBytes),
    ]),
  ]);
}

function mustsOf(measured: readonly Measured[]): readonly Must[] {
  const find = (rules: string, source: Source): Measured | undefined =>
    measured.find((each) => each.rules === rules && each.source === source);
  const musts: Must[] = [];
  const [a, b, manyA, manyB] = [
    find("all", "A"),
    find("all", "B"),
    find("10000", "A"),
    find("10000", "B"),
  ];
  const [someA, someB] = [find("1000", "A"), find("1000", "B")];
  if (a !== undefined) musts.push(atMost("all rules, source A, streaming", 3, a.streaming, " x"));
  if (b !== undefined) {
    musts.push(atMost("all rules, source B, streaming", 1.7, b.streaming, " x"));
    musts.push(atMost("all rules, source B, hot", 1.2, b.hot, " x"));
    musts.push(atMost("resident memory, all rules", 300, b.rssBytes / 1e6, " MB"));
  }
  if (manyA !== undefined && someA !== undefined) {
    const growth = manyA.streaming / someA.streaming;
    musts.push(atMost("10,000 rules by 1,000, source A", 2.5, growth, " x"));
  }
  if (manyB !== undefined && someB !== undefined) {
    const growth = manyB.streaming / someB.streaming;
    musts.push(atMost("10,000 rules by 1,000, source B", 2.5, growth, " x"));
  }
  return musts;
}

function pathOf(rules: string, { folder }: Bench): string {
  return join(folder, `rules-${rules}.bin`);
}
