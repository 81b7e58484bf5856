import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCommand } from "../../test/run-command.ts";

const folder = mkdtempSync(join(tmpdir(), "harrier-explain-"));
const alerts = join(folder, "alerts.ndjson");
afterAll(() => rmSync(folder, { recursive: true }));

beforeAll(async () => {
  const events = join(folder, "events.ndjson");
  const event = (name: string, second: number, kind: string) =>
    `${JSON.stringify({
      "@timestamp": `2026-03-17T09:00:0${second}Z`,
      event: { category: "process", kind },
      process: { name },
      host: { id: "h" },
    })}\n`;
  writeFileSync(events, event("a", 1, "alert") + event("b", 2, "event"));
  const queries = [
    'process where event.kind == "alert"',
    'sequence by host.id [process where process.name == "a"] [process where process.name == "b"]',
  ];
  await runCommand("hunt", events, ...queries.flatMap((query) => ["-e", query]), "-o", alerts);
});

interface Explained {
  readonly alert_id: string;
  readonly steps: readonly { readonly events: readonly { readonly verdict: boolean }[] }[];
  readonly matches: readonly (readonly number[])[];
}

async function explain(...args: readonly string[]): Promise<readonly Explained[]> {
  return JSON.parse((await runCommand("explain", alerts, "--format", "json", ...args)).out);
}

describe("explain, of alerts", () => {
  it("goes by the rule and the events that they hold", async () => {
    const [single, sequence, ...others] = await explain();
    expect(others).toEqual([]);
    // The event as it was: an alert's own kind is `signal`.
    expect(single?.steps.map((step) => step.events.map(({ verdict }) => verdict))).toEqual([
      [true],
    ]);
    expect(sequence?.steps.map((step) => step.events.map(({ verdict }) => verdict))).toEqual([
      [true, false],
      [false, true],
    ]);
    expect(sequence?.matches).toEqual([[0, 1]]);
  });

  it("takes one, by its id", async () => {
    const [, sequence] = await explain();
    const id = sequence?.alert_id ?? "";
    expect((await explain("--alert", id)).map((each) => each.alert_id)).toEqual([id]);
    expect(await runCommand("explain", alerts, "--alert", "none")).toMatchObject({ code: 3 });
    expect((await explain("--limit", "1")).length).toBe(1);
  });

  it("says where there are none", async () => {
    const none = join(folder, "none.ndjson");
    writeFileSync(none, '{"a":1}\n');
    const { code, err } = await runCommand("explain", none);
    expect(code).toBe(3);
    expect(err).toContain("there is no alert in");
    expect(err).toContain("harrier explain RULE EVENTS");
  });

  it("shows an alert that does not hold its rule as one", async () => {
    const odd = join(folder, "odd.ndjson");
    writeFileSync(odd, '{"kibana.alert.uuid":"x","kibana.alert.rule.parameters":{"name":"n"}}\n');
    const { code, out } = await runCommand("explain", odd);
    expect(code).toBe(0);
    expect(out).toContain("alert x");
    expect(out).toMatch(/error\[rule\//);
  });
});
