import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { SequencePlan } from "@harrier/lang/ir";
import { type OrderedEvent, SequenceMatcher } from "@harrier/lang/match";
import type { Check } from "./report.ts";

/** An event of a series: `r|W1` has the key r, the stage of its line, and the time 1. */
interface SeriesEvent {
  readonly key: string;
  readonly stage: number;
  readonly name: string;
  readonly time: number;
}

/** The specs of the sequence state machine alone: a name, a line of events for each stage, `;`, expected lines, `;`. */
export function checkSeries(folder: string): readonly Check[] {
  const lines = readFileSync(join(folder, "sequences.series-spec"), "utf8")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("//"));
  const checks: Check[] = [];
  for (let at = 0; at < lines.length; ) {
    const name = lines[at] ?? "";
    const stagesEnd = lines.indexOf(";", at);
    const end = lines.indexOf(";", stagesEnd + 1);
    if (stagesEnd < 0 || end < 0) throw new Error(`the spec ${name} has no end`);
    const stages = lines.slice(at + 1, stagesEnd);
    const expected = lines.slice(stagesEnd + 1, end).map((line) => line.replace(/\s+/g, " "));
    const got = runSeries(stages);
    const failures =
      expected.join("; ") === got.join("; ")
        ? []
        : [`expected ${expected.join("; ")}, got ${got.join("; ")}`];
    checks.push({ name: `sequences.series-spec: ${name}`, query: stages.join("\n"), failures });
    at = end + 1;
  }
  return checks;
}

function runSeries(stages: readonly string[]): readonly string[] {
  const condition = { kind: "constant", value: true } as const;
  const plan: SequencePlan = {
    kind: "sequence",
    steps: stages.map(() => ({ condition, keys: [], missing: false })),
    pipes: [],
  };
  const events = stages
    .flatMap((line, stage) => line.split(/\s+/).map((text) => readEvent(text, stage)))
    .sort((left, right) => left.time - right.time);
  const matcher = new SequenceMatcher(plan);
  const hits = events.flatMap((event, place) => [...matcher.push(orderedOf(event, place))]);
  return [...hits, ...matcher.finish()].map(({ key, events: found }) => {
    const names = found.map((place) => events[place ?? -1]?.name ?? "-").join(" ");
    return key[0] === "" ? names : `${key[0]}|${names}`;
  });
}

function readEvent(text: string, stage: number): SeriesEvent {
  const [first = "", second] = text.split("|");
  const name = second ?? first;
  return { key: second === undefined ? "" : first, stage, name, time: Number(name.slice(1)) };
}

/** `X` events are fillers that meet no step. */
function orderedOf(event: SeriesEvent, place: number): OrderedEvent {
  const isFiller = event.name.startsWith("X");
  return {
    event: place,
    time: BigInt(event.time) * 1_000_000n,
    tiebreaker: null,
    steps: isFiller ? [] : [{ step: event.stage, keys: [[event.key]] }],
  };
}
