import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { isWorldError } from "../../cli/exit.ts";
import { inputFromBytes } from "../../ingest/index.ts";
import { rule, run } from "../test-hunt.ts";
import { openWorkerLane, WorkerError } from "./worker-lane.ts";

/** Real threads, as the program starts them. */
const bin = new URL("../../../bin/", import.meta.url);
const folder = mkdtempSync(join(tmpdir(), "harrier-worker-"));
afterAll(() => rmSync(folder, { recursive: true }));

const event = (n: number) =>
  JSON.stringify({
    "@timestamp": new Date(Date.parse("2026-01-05T08:00:00Z") + n * 1_000).toISOString(),
    event: { category: "process" },
    host: { id: `h${n % 5}` },
    process: { name: n % 50 === 0 ? "evil.exe" : "calm.exe", pid: n },
  });
const lines = (count: number) => Array.from({ length: count }, (_, n) => `${event(n)}\n`).join("");
const rules = [
  rule(`process where process.name == "evil.exe"`),
  rule(
    `sequence by host.id [process where process.name == "evil.exe"] [process where process.pid > 3900]`,
  ),
];
const inputs = [
  inputFromBytes("lines", lines(4_000)),
  inputFromBytes("list", `[${lines(300).trim().replaceAll("\n", ",")}]`),
];
const threadsOf = (module: URL) => ({
  count: 2,
  fromBytes: 0,
  blockBytes: 20_000,
  open: (task: Parameters<typeof openWorkerLane>[1]) => openWorkerLane(module, task),
});
const writeModule = (name: string, text: string) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return pathToFileURL(path);
};

describe("worker threads", () => {
  test("give what the thread at hand gives", async () => {
    const alone = await run(rules, inputs);
    const threads = threadsOf(new URL("scan-worker.js", bin));
    const { alerts, summary } = await run(rules, inputs, { threads, isProfiled: true });
    expect(alerts.length).toBeGreaterThan(80);
    expect(JSON.stringify(alerts)).toBe(JSON.stringify(alone.alerts));
    const { profile, ...rest } = summary;
    expect(rest).toEqual(alone.summary);
    expect(profile?.events).toBeGreaterThanOrEqual(4_300);
  });

  test.each([
    ["ends", "process.exit(7);", /ended with code 7/],
    ["breaks as it starts", 'throw new Error("boom");', /broke: boom/],
    [
      "ends while it works",
      `import { parentPort } from "node:worker_threads"; parentPort.on("message", () => process.exit(7));`,
      /ended with code 7/,
    ],
    [
      "says that it is broken",
      `import { parentPort } from "node:worker_threads";
       parentPort.on("message", () => parentPort.postMessage({ kind: "broken", error: new Error("boom") }));`,
      /broke: boom/,
    ],
  ])("one that %s ends the hunt with an error that says so", async (name, text, message) => {
    const threads = threadsOf(writeModule(`${name.replaceAll(" ", "-")}.mjs`, text));
    const hunting = run(rules, inputs, { threads });
    await expect(hunting).rejects.toThrow(message);
    await expect(hunting).rejects.toSatisfy(isWorldError);
  });

  test("the error is one of the world", () => {
    expect(isWorldError(new WorkerError("x"))).toBe(true);
  });

  test("a signal ends a hunt whose threads wait for more", async () => {
    const program = fileURLToPath(new URL("harrier.js", bin));
    const query = `process where process.name == "evil.exe"`;
    const child = spawn(process.execPath, [program, "hunt", "-", "-e", query, "--threads", "2"]);
    child.stdin.on("error", () => {});
    child.stdin.write(lines(2_000));
    let out = "";
    child.stdout.on("data", (chunk) => {
      if (out === "") child.kill("SIGINT");
      out += chunk;
    });
    const code = await new Promise((resolve) => child.on("close", resolve));
    expect(code).toBe(130);
    expect(out).toContain("evil.exe");
  });
});
