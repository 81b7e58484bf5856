import { type Command, Option } from "commander";
import { exitCodes } from "../exit.ts";
import type { Act } from "../program.ts";
import { readVersion } from "../read-version.ts";
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
