import { readFileSync } from "node:fs";
import { type Command, Option } from "commander";
import { exitCodes } from "../exit.ts";
import type { Act } from "../program.ts";
import type { CliContext } from "../terminal.ts";

export function addVersionCommand(program: Command, act: Act): void {
  program
    .command("version")
    .summary("show the version")
    .description("Shows the version, as --version does.")
    .addOption(new Option("--format <format>", "text or json").choices(["text", "json"]))
    .action(({ format }: { readonly format?: string }) =>
      act(async (context) => {
        printVersion(format === "json", context);
        return exitCodes.done;
      }),
    );
}

function printVersion(asJson: boolean, { stdout }: CliContext): void {
  const version = readVersion();
  const versions = {
    harrier: version,
    node: process.versions.node,
    v8: process.versions.v8,
    unicode: process.versions.unicode,
    platform: `${process.platform}-${process.arch}`,
  };
  stdout.stream.write(asJson ? `${JSON.stringify(versions)}\n` : `harrier ${version}\n`);
}

/** From the package's own description. The build keeps the folders of the source, so that it lies equally far from both. */
function readVersion(): string {
  const text = readFileSync(new URL("../../../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { readonly version: string }).version;
}
