/**
 * Holds the README and the pages in `docs/guides/` to what they show. A fenced block with `file=…` is that file, word for word; a `console`
 * block is a command and what it prints. `SPEC_UPDATE=1` writes both anew.
 */
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { runCli } from "./cli/run-cli.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const pages = [
  "README.md",
  ...readdirSync(join(root, "docs/guides")).map((name) => `docs/guides/${name}`),
];
const isUpdate = process.env.SPEC_UPDATE === "1";

for (const page of pages) {
  const path = join(root, page);
  describe(page, () => {
    const text = readFileSync(path, "utf8");

    test("shows what is there and what comes out", async () => {
      const fresh = await renewBlocks(text);
      if (isUpdate) writeFileSync(path, fresh);
      else expect(text).toBe(fresh);
    });

    test("links to files that exist", () => {
      const targets = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(
        ([, target = ""]) => target,
      );
      for (const target of targets) {
        expect(() => statSync(join(dirname(path), target)), target).not.toThrow();
      }
    });
  });
}

/** The page with every block as it must be. */
async function renewBlocks(text: string): Promise<string> {
  const parts: string[] = [];
  let end = 0;
  for (const block of text.matchAll(/^```(\w+)(?: file=(\S+))?\n([\s\S]*?)^```$/gm)) {
    const [whole, language = "", file, content = ""] = block;
    const fresh =
      file !== undefined
        ? readFileSync(join(root, file), "utf8")
        : language === "console"
          ? await renewConsole(content)
          : content;
    const info = file === undefined ? language : `${language} file=${file}`;
    parts.push(text.slice(end, block.index), `\`\`\`${info}\n${fresh}\`\`\``);
    end = block.index + whole.length;
  }
  return parts.join("") + text.slice(end);
}

/** `$ harrier …` or `$ tail -n 1 <file> | harrier …`, then what it prints, without blanks at the ends of lines. */
async function renewConsole(content: string): Promise<string> {
  const [prompt = ""] = content.split("\n", 1);
  const command = /^\$ (?:tail -n 1 (\S+) \| )?harrier (.+)$/.exec(prompt);
  if (command === null) throw new Error(`a guide has a command that nobody runs: ${prompt}`);
  const [, piped, line = ""] = command;
  const input = piped === undefined ? "" : lastLine(join(root, piped));
  // Paths stay as the page names them, below the checkout: where that lies must not show, not even in where lines break.
  expect(process.cwd(), "run the tests in the checkout's own folder").toBe(resolve(root));
  const lines = (await printOf(line.split(" "), input)).split("\n");
  return `${prompt}\n${lines.map((each) => each.trimEnd()).join("\n")}`;
}

async function printOf(args: readonly string[], input: string): Promise<string> {
  const stream = new PassThrough();
  const chunks: string[] = [];
  stream.on("data", (chunk) => chunks.push(String(chunk)));
  const screen = { stream, isTerminal: false, width: 120 };
  const code = await runCli(args, {
    stdout: screen,
    stderr: screen,
    stdin: Readable.from([Buffer.from(input)]),
    env: {},
    signal: new AbortController().signal,
    clock: () => 0,
  });
  expect([0, 1]).toContain(code);
  return chunks.join("");
}

function lastLine(path: string): string {
  return readFileSync(path, "utf8").trimEnd().split("\n").at(-1) ?? "";
}
