import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type InputFinding, openInputs, readEvents } from "./index.ts";

/**
 * Runs `spec/ingest/<format>/<case>/`: `input.*` must give the events of `expected.ndjson` (index, id and
 * document) and the findings of `findings.ndjson`, which is absent where there are none.
 * `SPEC_UPDATE=1` writes both anew.
 */
const spec = join(import.meta.dirname, "../../../../spec/ingest");

const cases = readdirSync(spec, { withFileTypes: true })
  .filter((format) => format.isDirectory())
  .flatMap((format) =>
    readdirSync(join(spec, format.name)).map((name) => `${format.name}/${name}`),
  );

async function run(folder: string): Promise<{ events: string; findings: string }> {
  const input = readdirSync(folder).find((name) => name.startsWith("input."));
  const events: string[] = [];
  const findings: string[] = [];
  const onFinding = ({ input: _, ...finding }: InputFinding) =>
    findings.push(`${JSON.stringify(finding)}\n`);
  const inputs = await openInputs([join(folder, input ?? "input")], { onFinding });
  for await (const batch of readEvents(inputs, { onFinding })) {
    for (const { index, id, document } of batch) {
      events.push(`${JSON.stringify({ index, id, document })}\n`);
    }
  }
  return { events: events.join(""), findings: findings.join("") };
}

/** One value a line, so that a difference shows where it is. */
const parse = (text: string): unknown[] =>
  text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));

test.each(cases)("%s", async (name) => {
  const folder = join(spec, name);
  const found = await run(folder);
  const files = [
    ["expected.ndjson", found.events],
    ["findings.ndjson", found.findings],
  ] as const;
  for (const [file, text] of files) {
    const path = join(folder, file);
    if (process.env.SPEC_UPDATE === "1") {
      if (text === "") rmSync(path, { force: true });
      else writeFileSync(path, text);
    }
    const expected = existsSync(path) ? readFileSync(path, "utf8") : "";
    expect(parse(text)).toEqual(parse(expected));
  }
});
