import { ecsSchema } from "@harrier/lang/ecs";
import { compileEql } from "@harrier/lang/eql";
import { conditionsOf, type Predicate } from "@harrier/lang/ir";
import { compileKql } from "@harrier/lang/kql";
import { compileLucene } from "@harrier/lang/lucene";
import { ConditionSet } from "@harrier/lang/match";
import type { Diagnostic } from "@harrier/lang/text";
import { timeOf } from "../measure.ts";
import { atMost, type Part } from "../part.ts";
import { digits, printTable } from "../table.ts";

/** A rule that grows: what is there `n` times. */
interface HostileRule {
  readonly name: string;
  readonly language: Language;
  readonly query: (n: number) => string;
}

type Language = keyof typeof compilers;

const compilers = {
  eql: (text: string) => {
    const { plan, diagnostics } = compileEql(sourceOf(text), ecsSchema);
    return { conditions: plan === undefined ? [] : conditionsOf(plan), diagnostics };
  },
  kql: (text: string) => {
    const { predicate, diagnostics } = compileKql(sourceOf(text), ecsSchema);
    return { conditions: predicate === undefined ? [] : [predicate], diagnostics };
  },
  lucene: (text: string) => {
    const { predicate, diagnostics } = compileLucene(sourceOf(text), ecsSchema);
    return { conditions: predicate === undefined ? [] : [predicate], diagnostics };
  },
} satisfies Record<
  string,
  (text: string) => {
    readonly conditions: readonly Predicate[];
    readonly diagnostics: readonly Diagnostic[];
  }
>;

const times = (n: number, piece: (index: number) => string, between = ""): string =>
  Array.from({ length: n }, (_, index) => piece(index)).join(between);

const rules: readonly HostileRule[] = [
  {
    name: "a list of names",
    language: "eql",
    query: (n) => `any where process.name in (${times(n, (i) => `"n${i}"`, ", ")})`,
  },
  {
    name: "a list of patterns",
    language: "eql",
    query: (n) => `any where process.args : (${times(n, (i) => `"*n${i}*x?"`, ", ")})`,
  },
  {
    name: "alternatives",
    language: "eql",
    query: (n) =>
      `any where ${times(n, (i) => `(process.name : "n${i}" and user.id : "u${i}*")`, " or ")}`,
  },
  {
    name: "negated alternatives",
    language: "eql",
    query: (n) =>
      `process where not (${times(n, (i) => `(process.name : "n${i}" and user.id == "u${i}")`, " or ")})`,
  },
  {
    name: "clauses of `and`",
    language: "eql",
    query: (n) => `any where ${times(n, (i) => `process.args != "n${i}"`, " and ")}`,
  },
  {
    name: "one pattern of many stars",
    language: "eql",
    query: (n) => `any where process.command_line : "${times(n, () => "*a?")}"`,
  },
  {
    name: "one pattern of question marks",
    language: "eql",
    query: (n) => `any where process.command_line : "${"?".repeat(n)}x"`,
  },
  {
    name: "brackets",
    language: "eql",
    query: (n) => `any where ${"(".repeat(n)}process.pid == 1${")".repeat(n)}`,
  },
  {
    name: "`not`",
    language: "eql",
    query: (n) => `any where ${"not ".repeat(n)}process.pid == 1`,
  },
  {
    name: "an unclosed call",
    language: "eql",
    query: (n) => `any where ${"length(".repeat(n)}`,
  },
  {
    name: "regular expressions",
    language: "eql",
    query: (n) =>
      `any where process.args regex~ (${times(n, (i) => `"[a-z]+n${i}.{1,20}"`, ", ")})`,
  },
  {
    name: "a counted repetition",
    language: "eql",
    query: (n) => `any where process.args regex "(ab|c){1,${n}}"`,
  },
  {
    name: "an intersection",
    language: "eql",
    query: (n) => `any where process.args regex "${times(n, (i) => `(.*n${i}.*)`, "&")}"`,
  },
  {
    name: "a complement of counted `.`",
    language: "eql",
    query: (n) => `any where process.args regex "~(.*a.{${n}})"`,
  },
  {
    name: "addresses",
    language: "eql",
    query: (n) =>
      `any where cidrMatch(source.ip, ${times(n, (i) => `"10.${(i >> 8) & 255}.${i & 255}.0/24"`, ", ")})`,
  },
  {
    name: "a list of values",
    language: "kql",
    query: (n) => `process.name: (${times(n, (i) => `n${i}`, " or ")})`,
  },
  {
    name: "patterns with a literal star",
    language: "kql",
    query: (n) => `process.name: (${times(n, (i) => `n${i}\\*a*`, " or ")})`,
  },
  {
    name: "a long pattern with literal stars",
    language: "kql",
    query: (n) => `process.name: ${times(n, () => "\\*a*")}`,
  },
  {
    name: "values without a field",
    language: "kql",
    query: (n) => times(n, (i) => `*n${i}\\**`, " or "),
  },
  {
    name: "brackets",
    language: "kql",
    query: (n) => `${"(".repeat(n)}process.pid: 1${")".repeat(n)}`,
  },
  {
    name: "words",
    language: "kql",
    query: (n) => `message: (${times(n, (i) => `"one two ${i}"`, " or ")})`,
  },
  {
    name: "clauses",
    language: "lucene",
    query: (n) => times(n, (i) => `process.name:n${i}*`, " OR "),
  },
  {
    name: "regular expressions",
    language: "lucene",
    query: (n) => times(n, (i) => `process.name:/n${i}[a-z]{1,20}/`, " OR "),
  },
];

const sizes = [1_250, 2_500, 5_000, 10_000] as const;
const repeats = 3;
/** Shorter times say more about the machine than about the engine. */
const leastMs = 5;

/** What rules can be made to cost: by a mistake, by a generator, on purpose. Every one ends in a set or in a finding. */
export const hostileRules: Part = {
  name: "hostile-rules",
  title:
    "hostile rules: ms from text to a set of conditions, by their size; of a refused one to its finding",
  isQuick: false,
  run: () => {
    const rows = rules.map((rule) => ({ rule, ...measure(rule) }));
    printTable([
      ["language", "rule", ...sizes.map(String), "time(2n)/time(n)", "refused"],
      ...rows.map(({ rule: { language, name }, ms, growth, refusal }) => [
        language,
        name,
        ...ms.map(digits),
        digits(growth),
        refusal,
      ]),
    ]);
    const slow = rows.filter(({ ms }) => (ms.at(-1) ?? 0) >= leastMs);
    return {
      musts: [
        atMost(
          "hostile rule, time(2n)/time(n)",
          2.6,
          Math.max(...slow.map((row) => row.growth)),
          " x",
        ),
      ],
    };
  },
};

function measure({ language, query }: HostileRule): {
  readonly ms: readonly number[];
  readonly growth: number;
  readonly refusal: string;
} {
  let refusal = "";
  const ms = sizes.map((size) => {
    const text = query(size);
    let best = Number.POSITIVE_INFINITY;
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      const taken = timeOf(() => {
        const { conditions, diagnostics } = compilers[language](text);
        new ConditionSet(conditions).match({ process: { name: "n1", args: ["a"] } });
        refusal = diagnostics.find(({ severity }) => severity === "error")?.code ?? "";
      });
      best = Math.min(best, taken);
    }
    return best;
  });
  return { ms, growth: Math.cbrt((ms.at(-1) ?? Number.NaN) / (ms[0] ?? Number.NaN)), refusal };
}

function sourceOf(text: string): { readonly name: string; readonly text: string } {
  return { name: "hostile", text };
}
