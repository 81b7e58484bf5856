import { ConditionSet } from "@harrier/lang/match";
import { openLines } from "../match-lines.ts";
import { takeTurns, timeOf } from "../measure.ts";
import { atMost, type Bench, type Part } from "../part.ts";
import { ruleSetOf } from "../rule-set.ts";
import { digits, printTable } from "../table.ts";

/** What a value is made of, again and again. The `a` are the worst of the public rules' patterns on engines that go back. */
const pieces = ["a", "a.", "a-/1.", "\\", " -e ", "C:\\a\\", "é", "\u212a", "\u{1f600}"] as const;
const kibibyte = 1_024;
const sizes = [32, 64, 128, 256, 512, 1_024] as const;
/** A value twice as long may take this much longer: twice, and what noise adds. */
const mostGrowth = 2.6;

/** Point 8: values that an attacker chooses, from 32 KB to 1 MB, in the field that rules have most patterns for. */
export const hostile: Part = {
  name: "hostile",
  title: "hostile command lines against all rules: ms for one event, the fastest of the rounds",
  isQuick: true,
  run: (bench) => {
    const { conditions } = ruleSetOf(bench.pool.rules);
    const set = new ConditionSet(conditions);
    const rows = pieces.map((piece) => measure(piece, set, bench));
    printTable([
      ["piece", "source", ...sizes.map((size) => `${size} KB`), "time(2n)/time(n)"],
      ...rows
        .flat()
        .map(({ piece, source, ms, growth }) => [
          JSON.stringify(piece),
          source,
          ...ms.map(digits),
          digits(growth),
        ]),
    ]);
    const all = rows.flat();
    const slowest = Math.max(...all.map(({ ms }) => ms.at(-1) ?? 0));
    const growth = Math.max(...all.map((row) => row.growth));
    return {
      musts: [
        atMost("hostile command line of 1 MB", 200, slowest, " ms"),
        atMost("hostile command line, time(2n)/time(n)", mostGrowth, growth, " x"),
      ],
    };
  },
};

interface Row {
  readonly piece: string;
  readonly source: "A" | "B";
  readonly ms: readonly number[];
  /** The mean of the last three doublings: single ones are moved by the collector. */
  readonly growth: number;
}

function measure(piece: string, set: ConditionSet, { rounds }: Bench): readonly Row[] {
  const lines = openLines(set);
  const events = sizes.map((size) => eventWith(piece, size * kibibyte));
  const runs = (["A", "B"] as const).map((source) =>
    takeTurns(
      rounds,
      events.map(
        (bytes) => () =>
          timeOf(() => {
            if (source === "A") set.match(JSON.parse(bytes.toString("utf8")));
            else if (lines.match(bytes, 0, bytes.length) === undefined) throw new Error("no event");
          }),
      ),
    ).map((times) => Math.min(...times)),
  );
  return (["A", "B"] as const).map((source, index) => {
    const ms = runs[index] ?? [];
    const growth = Math.cbrt((ms.at(-1) ?? Number.NaN) / (ms.at(-4) ?? Number.NaN));
    return { piece, source, ms, growth };
  });
}

/** A process start whose command line has so many bytes. */
function eventWith(piece: string, bytes: number): Buffer {
  const commandLine = piece.repeat(Math.ceil(bytes / Buffer.byteLength(piece)));
  return Buffer.from(
    JSON.stringify({
      event: { category: ["process"], type: ["start"], action: "start" },
      host: { os: { type: "windows" } },
      process: { name: "powershell.exe", command_line: commandLine },
    }),
  );
}
