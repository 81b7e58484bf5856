import { type Command, Option } from "commander";
import { addExamples } from "../help.ts";
import { addCommonOptions, type CommonOptions, collect } from "../options.ts";
import type { Act } from "../program.ts";

export interface CheckOptions extends CommonOptions {
  readonly format: "text" | "json";
  readonly strictFields?: boolean;
  readonly valueList: readonly string[];
  readonly now?: string;
}

export function addCheckCommand(program: Command, act: Act): void {
  const command = program
    .command("check")
    .summary("find what is wrong with rules and exceptions")
    .description(
      "Reads rules, their queries and their exceptions and says what is wrong with them, each finding with its " +
        "place in the file. Exit code 1 when there are errors.",
    )
    .argument("<paths...>", "files and folders with rules and exceptions")
    .usage("<paths...> [options]");
  addExamples(command, [
    "harrier check ./rules",
    "harrier check ./rules/my-rule.toml --strict-fields",
    "harrier check ./rules --format json | jq -r '.[].code' | sort | uniq -c",
  ]);
  command
    .optionsGroup("Rules:")
    .option("--strict-fields", "a field that no schema names is an error, as in Elasticsearch")
    .option("--value-list <list>", "a list that exceptions name, as in hunt", collect, [])
    .option("--now <time>", "what now means in queries; for the same result tomorrow");
  command
    .optionsGroup("Output:")
    .addOption(
      new Option("--format <format>", "text or json").choices(["text", "json"]).default("text"),
    );
  addCommonOptions(command).action((paths: string[], options: CheckOptions) =>
    act(async (context) =>
      (await import("./run-check.ts")).runCheckCommand(paths, options, context),
    ),
  );
}
