import { type Command, Option } from "commander";
import { addExamples } from "../help.ts";
import {
  addCommonOptions,
  addReadingOptions,
  addRuleOptions,
  type CommonOptions,
  type ReadingOptions,
  type RuleOptions,
} from "../options.ts";
import type { Act } from "../program.ts";

const fieldsFormats = ["table", "ndjson", "json"] as const;

export interface FieldsCommandOptions extends CommonOptions, ReadingOptions, RuleOptions {
  readonly format?: (typeof fieldsFormats)[number];
  readonly output?: string;
  readonly force?: boolean;
  readonly now?: string;
}

export function addFieldsCommand(program: Command, act: Act): void {
  const command = program
    .command("fields")
    .summary("which fields arrive from where, and which rules lack one")
    .description(
      "Lists the fields of the events with their sources. With --rules it lists instead the rules that can " +
        "never fire on these events, and the field or the kind of data that each of them lacks.",
    )
    .argument("<paths...>", "files, folders and archives with events; - is stdin")
    .usage("<paths...> [options]");
  addExamples(command, [
    "harrier fields ./collected",
    "harrier fields ./collected --rules ./rules",
    "harrier fields ./collected | jq -r 'select(.known | not).field'",
  ]);
  addRuleOptions(command).option(
    "--now <time>",
    "what now means in queries; for the same result tomorrow",
  );
  addReadingOptions(command);
  command
    .optionsGroup("Output:")
    .addOption(
      new Option(
        "--format <format>",
        "table, ndjson or json; by itself table on a terminal and ndjson in a pipe",
      ).choices(fieldsFormats),
    )
    .option("-o, --output <file>", "write to a file instead of stdout")
    .option("--force", "overwrite the file");
  addCommonOptions(command).action((paths: string[], options: FieldsCommandOptions) =>
    act(async (context) =>
      (await import("./run-fields.ts")).runFieldsCommand(paths, options, context),
    ),
  );
}
