import { type Command, Option } from "commander";
import { addExamples } from "../help.ts";
import { addCommonOptions, type CommonOptions, collect, collectList } from "../options.ts";
import { type FindingFormat, findingFormats } from "../output/findings/format-names.ts";
import type { Act } from "../program.ts";

export interface CheckOptions extends CommonOptions {
  readonly format: FindingFormat;
  readonly select: readonly string[];
  readonly ignore: readonly string[];
  readonly fix?: boolean;
  readonly explain?: string;
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
    .argument("[paths...]", "files and folders with rules and exceptions")
    .usage("<paths...> [options]");
  addExamples(command, [
    "harrier check ./rules",
    "harrier check ./rules/my-rule.toml --strict-fields",
    "harrier check ./rules --ignore kql/literal-wildcard --format github",
    "harrier check ./rules --select rule --fix",
    "harrier check --explain rule/skipped-window",
  ]);
  command
    .optionsGroup("Rules:")
    .option("--strict-fields", "a field that no schema names is an error, as in Elasticsearch")
    .option("--value-list <list>", "a list that exceptions name, as in hunt", collect, [])
    .option("--now <time>", "what now means in queries; for the same result tomorrow");
  command
    .optionsGroup("Findings:")
    .option(
      "--select <codes>",
      "only these codes, with commas between; `rule` stands for all that start with `rule/`",
      collectList,
      [],
    )
    .option("--ignore <codes>", "all but these codes", collectList, [])
    .option("--fix", "mend what can be mended without changing what a rule means")
    .option("--explain <code>", "say what a code means, and nothing else");
  command
    .optionsGroup("Output:")
    .addOption(
      new Option(
        "--format <format>",
        "text, json, sarif for code scanning, github for annotations of a workflow",
      )
        .choices(findingFormats)
        .default("text"),
    );
  addCommonOptions(command).action((paths: string[], options: CheckOptions) =>
    act(async (context) =>
      (await import("./run-check.ts")).runCheckCommand(paths, options, context),
    ),
  );
}
