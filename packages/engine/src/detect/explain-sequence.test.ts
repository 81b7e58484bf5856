import { ecsSchema } from "@harrier/lang/ecs";
import { compileEql } from "@harrier/lang/eql";
import { describe, expect, it } from "vitest";
import { followSequence } from "./explain-sequence.ts";

const second = 1_000_000_000n;
const letters = "abcd";

/** `1a 2b`: at second 1 an event of the first step, at 2 one of the second; `x:` before it is its key. The states as text, by event. */
function follow(query: string, stream: string): readonly string[] {
  const { plan } = compileEql({ name: "q", text: query }, ecsSchema);
  if (plan?.kind !== "sequence") throw new Error(query);
  const events = stream.split(" ").map((word, event) => {
    const [, at = "0", key, letter = ""] = /^(\d+)(?:(\w+):)?(\w)$/.exec(word) ?? [];
    const hit = { step: letters.indexOf(letter), keys: [[key ?? "k"]] };
    return { event, time: BigInt(at) * second, tiebreaker: null, steps: [hit] };
  });
  const states = followSequence(plan, events);
  return events.map(({ event }) =>
    (states.get(event) ?? [])
      .map(
        ({ key, awaited, completed }) =>
          `${key} waits ${awaited.map((step) => letters[step]).join("")} +${completed}`,
      )
      .join("; "),
  );
}

const step = (letter: string) => `[any where process.name == "${letter}"]`;

describe("what a sequence waits for", () => {
  it("is told after each event, by key", () => {
    const query = `sequence by host.id ${step("a")} ${step("b")} ${step("c")}`;
    expect(follow(query, "1x:a 2y:a 3x:b 4x:c 5y:c")).toEqual([
      "x waits b +0",
      "y waits b +0",
      "x waits c +0",
      "x waits  +1",
      "y waits b +0",
    ]);
  });

  it("goes by time, not by the order of the list", () => {
    expect(follow(`sequence by host.id ${step("a")} ${step("b")}`, "2b 1a")).toEqual([
      "k waits  +1",
      "k waits b +0",
    ]);
  });

  it("is over with `until`, and with the time of the sequence", () => {
    const ended = `sequence by host.id ${step("a")} ${step("b")} until ${step("c")}`;
    expect(follow(ended, "1a 2c 3b")).toEqual(["k waits b +0", "k waits  +0", "k waits  +0"]);
    const short = `sequence by host.id with maxspan=5s ${step("a")} ${step("b")}`;
    expect(follow(short, "1a 7b")).toEqual(["k waits b +0", expect.stringMatching(/\+0$/)]);
  });
});
