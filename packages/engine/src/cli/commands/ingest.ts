import type { Command } from "commander";
import { addExamples } from "../help.ts";
import {
  addCommonOptions,
  addOutputOptions,
  addReadingOptions,
  type CommonOptions,
  type OutputOptions,
  type ReadingOptions,
} from "../options.ts";
import type { Act } from "../program.ts";

export interface IngestCommandOptions extends CommonOptions, ReadingOptions, OutputOptions {
  readonly dryRun?: boolean;
  readonly now?: string;
  readonly strict?: boolean;
}

export function addIngestCommand(program: Command, act: Act): void {
  const command = program
    .command("ingest")
    .summary("write log files as ECS events, or tell what is in them")
    .description(
      "Reads log files as hunt does and writes the ECS documents, a line each. With --dry-run it tells " +
        "instead, for each file, what was recognised and how surely, how many events have a time, which raw " +
        "fields went nowhere and what could not be read.",
    )
    .argument("<paths...>", "files, folders and archives with events; - is stdin")
    .usage("<paths...> [options]");
  addExamples(command, [
    "harrier ingest ./collected --dry-run",
    "harrier ingest ./collected -o events.ndjson.gz",
    "harrier ingest proxy.log --map proxy.toml --dry-run",
    "harrier ingest ./collected --dry-run | jq -r 'select(.events == 0).input'",
  ]);
  addReadingOptions(command);
  addOutputOptions(command.optionsGroup("Output:"))
    .option("--dry-run", "tell what is in the inputs; write no events")
    .option(
      "--now <time>",
      "what now means: a time after it is told; for the same result tomorrow",
    );
  command.optionsGroup("Exit code:").option("--strict", "3 when something could not be read");
  addCommonOptions(command).action((paths: string[], options: IngestCommandOptions) =>
    act(async (context) =>
      (await import("./run-ingest.ts")).runIngestCommand(paths, options, context),
    ),
  );
}
