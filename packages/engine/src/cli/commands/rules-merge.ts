import { type Command, Option } from "commander";
import { addExamples } from "../help.ts";
import { addCommonOptions, type CommonOptions } from "../options.ts";
import type { Act } from "../program.ts";

export interface RulesMergeOptions extends CommonOptions {
  readonly ours?: true;
  readonly theirs?: true;
  readonly output?: string;
  readonly force?: boolean;
}

export function addRulesMergeCommand(rules: Command, act: Act): void {
  const command = rules
    .command("merge")
    .summary("merge a rule of one's own with a new version of upstream")
    .description(
      "Merges what was changed in a rule locally with what upstream changed since, field by field: lists as sets, texts by lines. " +
        "The local file keeps its form, its comments and all that did not change. Where both changed the same, marks stand in the file, " +
        "which does not load until they are gone. Exit code 1 while there are such conflicts.",
    )
    .argument("<base>", "the version that both were made from: a file with one rule")
    .argument("<local>", "your version")
    .argument("<upstream>", "the new version of upstream")
    .usage("<base> <local> <upstream> [options]");
  addExamples(command, [
    "harrier rules merge old.toml mine.toml new.toml -o mine.toml --force",
    "harrier rules merge old.toml mine.toml new.toml --ours > merged.toml",
  ]);
  command
    .optionsGroup("Conflicts:")
    .addOption(new Option("--ours", "keep the local version").conflicts("theirs"))
    .option("--theirs", "take the version of upstream");
  command
    .optionsGroup("Output:")
    .option("-o, --output <file>", "write to a file instead of stdout; the local one is possible")
    .option("--force", "overwrite the file");
  addCommonOptions(command).action(
    (base: string, local: string, upstream: string, options: RulesMergeOptions) =>
      act(async (context) =>
        (await import("./run-rules-merge.ts")).runRulesMerge(
          { base, local, upstream },
          options,
          context,
        ),
      ),
  );
}
