import { type Command, Option } from "commander";
import { addExamples } from "../help.ts";
import { addCommonOptions, type CommonOptions } from "../options.ts";
import type { Act } from "../program.ts";
import { ruleFormats } from "../rule-formats.ts";

export interface RulesConvertOptions extends CommonOptions {
  readonly to?: (typeof ruleFormats)[number];
  readonly output?: string;
  readonly force?: boolean;
  readonly includeDeprecated?: boolean;
}

export function addRulesConvertCommand(rules: Command, act: Act): void {
  const command = rules
    .command("convert")
    .summary("write rules in another form")
    .description(
      "Reads rules in any form and writes them as TOML of the rule repository, NDJSON that Kibana imports, JSON of the API, or " +
        "YAML. Nothing is lost in silence: what a form has no place for is named. Exit code 1 when something could not be read.",
    )
    .argument("<paths...>", "rule files and folders")
    .usage("<paths...> --to <form> [options]");
  addExamples(command, [
    "harrier rules convert export.ndjson --to toml -o rules/",
    "harrier rules convert rules/ --to ndjson -o import.ndjson",
    "harrier rules convert my-rule.toml --to yaml",
  ]);
  command.optionsGroup("Rules:").option("--include-deprecated", "rules that are retired as well");
  command
    .optionsGroup("Output:")
    .addOption(
      new Option(
        "--to <form>",
        "toml, ndjson, json or yaml; by itself what the ending of -o says",
      ).choices(ruleFormats),
    )
    .option(
      "-o, --output <path>",
      "write to a file; to a folder, keeping the tree, where the path is one or ends in /",
    )
    .option("--force", "overwrite files");
  addCommonOptions(command).action((paths: string[], options: RulesConvertOptions) =>
    act(async (context) =>
      (await import("./run-rules-convert.ts")).runRulesConvert(paths, options, context),
    ),
  );
}
