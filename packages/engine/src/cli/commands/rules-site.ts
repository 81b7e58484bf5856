import type { Command } from "commander";
import { addExamples } from "../help.ts";
import {
  addCommonOptions,
  addExceptionOptions,
  addRuleOptions,
  type CommonOptions,
  type ExceptionOptions,
  type RuleOptions,
} from "../options.ts";
import type { Act } from "../program.ts";

export interface RulesSiteOptions extends CommonOptions, RuleOptions, ExceptionOptions {
  readonly output: string;
  readonly force?: boolean;
  readonly title: string;
}

export function addRulesSiteCommand(rules: Command, act: Act): void {
  const command = rules
    .command("site")
    .summary("write rules as a static site")
    .description(
      "Writes a folder of HTML pages, one for each rule, with lists by tactic, platform, data source, index, type " +
        "and severity, all rules by name, and the matrix of ATT&CK. The pages need no server, no script and no network.",
    )
    .argument("[paths...]", "rule files and folders, as with --rules", [])
    .usage("[paths...] -o <folder> [options]");
  addExamples(command, [
    "harrier rules site ./rules -o ./site",
    `harrier rules site --rules ./rules --tag "OS: Windows" -o ./site --title "Windows rules"`,
  ]);
  addRuleOptions(command);
  addExceptionOptions(command);
  command
    .optionsGroup("Output:")
    .requiredOption(
      "-o, --output <folder>",
      "where to write; pages of an earlier run are replaced, and removed where their rule is gone",
    )
    .option("--title <text>", "the name of the site", "Detection rules")
    .option("--force", "write into a folder that holds other things; none of them is removed");
  addCommonOptions(command).action((paths: string[], options: RulesSiteOptions) =>
    act(async (context) => {
      const { runRulesSite } = await import("./run-rules-site.ts");
      return runRulesSite({ ...options, rules: [...paths, ...options.rules] }, context);
    }),
  );
}
