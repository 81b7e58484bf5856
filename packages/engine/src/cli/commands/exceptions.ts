import { type Command, Option } from "commander";
import { addExamples } from "../help.ts";
import { addCommonOptions, type CommonOptions } from "../options.ts";
import type { Act } from "../program.ts";

const forms = ["toml", "ndjson"] as const;

export interface ExceptionsConvertOptions extends CommonOptions {
  readonly to: (typeof forms)[number];
  readonly output?: string;
  readonly force?: boolean;
}

export function addExceptionsCommand(program: Command, act: Act): void {
  const exceptions = program
    .command("exceptions")
    .summary("convert exceptions from and for Kibana")
    .description("Works with exceptions. `hunt --exceptions` applies them, `check` checks them.")
    .usage("<command> [options]")
    .helpCommand(false)
    .helpOption("-h, --help", "show this help");
  addExamples(exceptions, ["harrier exceptions convert export.ndjson > exceptions.toml"]);
  const command = exceptions
    .command("convert")
    .summary("write exceptions in another form")
    .description(
      "Reads exceptions and writes them as TOML, or as NDJSON that Kibana imports. Exit code 1 when an item " +
        "could not be read: it is not written.",
    )
    .argument("<paths...>", "files and folders with exceptions")
    .usage("<paths...> [options]");
  addExamples(command, [
    "harrier exceptions convert export.ndjson > exceptions.toml",
    "harrier exceptions convert exceptions.toml --to ndjson -o import.ndjson",
  ]);
  command
    .optionsGroup("Output:")
    .addOption(new Option("--to <form>", "toml or ndjson").choices(forms).default("toml"))
    .option("-o, --output <file>", "write to a file instead of stdout")
    .option("--force", "overwrite the file");
  addCommonOptions(command).action((paths: string[], options: ExceptionsConvertOptions) =>
    act(async (context) =>
      (await import("./run-exceptions-convert.ts")).runExceptionsConvert(paths, options, context),
    ),
  );
}
