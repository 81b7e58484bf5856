import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseInstant } from "@harrier/lang/values";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AlertDocument } from "./alerts/index.ts";
import { type HuntRequest, loadAndCompile, runExplain, runHunt } from "./app.ts";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "harrier-app-"));
  const rule = (name: string, type: string, query: string) => `[rule]
name = "${name}"
rule_id = "${name}"
description = "${name}"
severity = "medium"
risk_score = 40
type = "${type}"
language = "${type}"
query = '''
${query}
'''
`;
  await writeFile(
    join(folder, "good.toml"),
    rule("good", "eql", `process where process.name : "a*"`),
  );
  await writeFile(join(folder, "other.toml"), rule("other", "esql", "FROM logs-*"));
  await writeFile(join(folder, "bad.toml"), rule("bad", "eql", `process where process.nmae ="`));
  await writeFile(join(folder, "broken.toml"), "[rule]\nname = 3\n");
  const event = (name: string) =>
    JSON.stringify({
      "@timestamp": "2026-05-01T10:00:01Z",
      event: { category: "process" },
      process: { name },
    });
  await writeFile(join(folder, "events.ndjson"), `${event("a1")}\n${event("b1")}\n`);
});

afterAll(() => rm(folder, { recursive: true }));

async function* noBytes(): AsyncGenerator<Uint8Array> {}

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

function request(changes: Partial<HuntRequest> = {}): HuntRequest {
  return {
    paths: [join(folder, "events.ndjson")],
    rulePaths: [folder],
    strictFields: false,
    now: parseInstant("2026-06-01T00:00:00Z") ?? 0n,
    indices: "any",
    stdin: noBytes(),
    signal: new AbortController().signal,
    onAlert: () => undefined,
    ...changes,
  };
}

describe("rules", () => {
  test("what cannot be read, compiled or run is told apart; ad hoc queries come last, each once", async () => {
    const { rules, failures } = await loadAndCompile({
      ...request(),
      adHocQueries: ["any where true", "any where true"],
    });
    expect(
      rules.map(({ rule, plan, unsupported }) => [rule.name, plan?.kind, unsupported]),
    ).toEqual([
      ["bad", undefined, undefined],
      ["good", "event", undefined],
      ["other", undefined, "not yet supported: queries in ES|QL"],
      ["Ad hoc query", "event", undefined],
    ]);
    expect(failures.map(({ file }) => file)).toEqual([join(folder, "broken.toml")]);
  });

  test("are chosen before they are compiled; ad hoc queries stay", async () => {
    const { rules } = await loadAndCompile({
      ...request(),
      selectRule: ({ name }) => name === "good",
      adHocQueries: ["any where true"],
    });
    expect(rules.map(({ rule }) => rule.name)).toEqual(["good", "Ad hoc query"]);
  });
});

describe("exceptions", () => {
  const item = (name: string, entries: string) =>
    `[[exception]]\nname = "${name}"\nrule_ids = ["good"]\nentries = [${entries}]\n`;
  const writeItems = async (name: string, ...items: readonly string[]): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, items.join(""));
    return path;
  };
  const only = { selectRule: ({ name }: { name: string }) => name === "good" };

  test("from files besides the rules keep events away, and are counted", async () => {
    const list = join(folder, "names.list");
    await writeFile(list, "a1\n");
    const path = await writeItems(
      "away.exceptions",
      item("a", `{ field = "process.name", list = "names.list" }`),
      item("b", `{ field = "process.name", list = "gone.list" }`),
      item("c", `{ field = "process.name", type = "nonsense" }`),
    );
    const given = { exceptionPaths: [path], valueLists: [{ id: "names.list", file: list }] };
    const { summary, exceptions } = await runHunt(request({ ...only, ...given }));
    expect(summary).toMatchObject({ alerts: 0, leftOut: { excepted: 1 } });
    expect(exceptions).toMatchObject({ items: 3, unapplied: 2, unbound: 0 });
    expect(exceptions.diagnostics.map(({ code }) => code)).toEqual([
      "exception/bad-value",
      "exception/missing-value-list",
    ]);
  });

  test("that stand among the rules count as well", async () => {
    const path = await writeItems(
      "among.toml",
      item("a", `{ field = "process.name", value = "a1" }`),
    );
    const { summary } = await runHunt(request(only));
    await rm(path);
    expect(summary).toMatchObject({ alerts: 0, leftOut: { excepted: 1 } });
  });

  test("in files that hold none are failures; the rules run", async () => {
    const { summary, ruleFailures } = await runHunt(
      request({ ...only, exceptionPaths: [join(folder, "good.toml")] }),
    );
    expect(summary.alerts).toBe(1);
    expect(ruleFailures.at(-1)?.diagnostics[0]?.code).toBe("exception/no-exception");
  });

  test("are part of an explanation", async () => {
    const path = await writeItems(
      "explained.exceptions",
      item("a", `{ field = "process.name", value = "a1" }`),
      item("b", `{ field = "process.name", value = "A1" }`),
    );
    const { explanations } = await runExplain({
      ...request({ ...only, exceptionPaths: [path] }),
      limit: 10,
    });
    const [explanation] = explanations;
    expect(
      explanation?.exceptions.map((each) => each.map(({ item, outcome }) => [item.name, outcome])),
    ).toEqual([
      [
        ["a", "holds"],
        ["b", "differs-in-case"],
      ],
      [],
    ]);
    expect(explanation?.matches).toEqual([]);
  });
});

describe("a hunt", () => {
  test("from files to alerts and a summary", async () => {
    const alerts: AlertDocument[] = [];
    const { summary, ruleFailures } = await runHunt(
      request({
        paths: [join(folder, "events.ndjson"), join(folder, "gone.ndjson")],
        onAlert: (alert) => {
          alerts.push(alert);
        },
      }),
    );
    expect(alerts.map((alert) => alert["kibana.alert.rule.rule_id"])).toEqual(["good"]);
    expect(summary.rules.map(({ kind, rule }) => [rule.name, kind])).toEqual([
      ["bad", "failed"],
      ["good", "fired"],
      ["other", "unsupported"],
    ]);
    expect(summary).toMatchObject({
      events: 2,
      inputs: { read: 1, failed: 1 },
      findings: [{ input: join(folder, "gone.ndjson"), code: "unreadable" }],
      interrupted: false,
    });
    expect(summary.peakMemoryBytes).toBeGreaterThan(1_000_000);
    expect(ruleFailures).toHaveLength(1);
  });

  test("from the standard input; letters fold as asked", async () => {
    const kelvin = `{"event":{"category":"process"},"process":{"name":"\u212a"}}`;
    const query = `process where process.name : "k"`;
    const hunt = (folding: "unicode" | "ascii") =>
      runHunt(
        request({
          paths: ["-"],
          rulePaths: [],
          adHocQueries: [query],
          stdin: bytesOf(kelvin),
          folding,
        }),
      );
    expect((await hunt("unicode")).summary.alerts).toBe(1);
    expect((await hunt("ascii")).summary.alerts).toBe(0);
  });

  test("that is over before it began", async () => {
    const { summary } = await runHunt(request({ signal: AbortSignal.abort() }));
    expect(summary).toMatchObject({ interrupted: true, events: 0, alerts: 0 });
  });
});

test("an explanation has every rule and at most the events asked for", async () => {
  const report = await runExplain({
    ...request(),
    selectRule: ({ name }) => name === "good",
    limit: 1,
  });
  expect(report.isCut).toBe(true);
  expect(
    report.explanations.map(({ matches, steps }) => [matches, steps[0]?.events.length]),
  ).toEqual([[[[0]], 1]]);
});
