import { type Command, Option } from "commander";
import { addExamples } from "../help.ts";
import { addCommonOptions, type CommonOptions } from "../options.ts";
import type { Act } from "../program.ts";

const diffFormats = ["text", "md", "json"] as const;

export interface RulesDiffOptions extends CommonOptions {
  readonly format: (typeof diffFormats)[number];
  readonly exitCode?: boolean;
}

export function addRulesDiffCommand(rules: Command, act: Act): void {
  const command = rules
    .command("diff")
    .summary("compare rules by what they mean")
    .description(
      "Compares two versions of rules, in any forms, by what they mean: clauses of queries that came and went, values, techniques, " +
        "lines of guides. What is only spelled otherwise is told apart. Rules are known again by rule_id, else by name.",
    )
    .argument("<old>", "a rule file or folder")
    .argument("<new>", "a rule file or folder")
    .usage("<old> <new> [options]");
  addExamples(command, [
    "harrier rules diff old/ new/",
    "harrier rules diff my-rule.toml export.ndjson --format md",
    "harrier rules diff old/ new/ --exit-code -q",
  ]);
  command
    .optionsGroup("Output:")
    .addOption(
      new Option("--format <format>", "text, md (Markdown) or json")
        .choices(diffFormats)
        .default("text"),
    )
    .option("--exit-code", "exit code 1 when a rule came, went or changed its meaning");
  addCommonOptions(command).action((before: string, after: string, options: RulesDiffOptions) =>
    act(async (context) =>
      (await import("./run-rules-diff.ts")).runRulesDiff(before, after, options, context),
    ),
  );
}
