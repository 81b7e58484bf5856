import { type Command, Option } from "commander";
import { addExamples } from "../help.ts";
import {
  addCommonOptions,
  addExceptionOptions,
  addOutputOptions,
  addRuleOptions,
  type CommonOptions,
  collect,
  type ExceptionOptions,
  type OutputOptions,
  type RuleOptions,
} from "../options.ts";
import type { Act } from "../program.ts";
import { addRulesConvertCommand } from "./rules-convert.ts";
import { addRulesDiffCommand } from "./rules-diff.ts";
import { addRulesMergeCommand } from "./rules-merge.ts";
import { addRulesSiteCommand } from "./rules-site.ts";

export interface RulesListOptions extends CommonOptions, RuleOptions, OutputOptions {}

const pageFormats = ["text", "md", "html", "json"] as const;
export type PageFormat = (typeof pageFormats)[number];

export interface RulesShowOptions extends CommonOptions, ExceptionOptions {
  readonly rules: readonly string[];
  readonly page?: true;
  readonly format?: PageFormat;
  readonly output?: string;
  readonly force?: boolean;
}

export function addRulesCommand(program: Command, act: Act): void {
  const rules = program
    .command("rules")
    .summary("list, show, convert, compare and merge rules")
    .description("Lists rules, shows single ones, converts, compares and merges them.")
    .usage("<command> [options]")
    .helpCommand(false)
    .helpOption("-h, --help", "show this help");
  addExamples(rules, ["harrier rules list ./rules", "harrier rules show ./rules/my-rule.toml"]);
  addListCommand(rules, act);
  addShowCommand(rules, act);
  addRulesSiteCommand(rules, act);
  addRulesConvertCommand(rules, act);
  addRulesDiffCommand(rules, act);
  addRulesMergeCommand(rules, act);
}

function addListCommand(rules: Command, act: Act): void {
  const command = rules
    .command("list")
    .summary("list rules and say which can run")
    .description("Lists rules: severity, type, name, id, and whether Harrier can run them.")
    .argument("[paths...]", "rule files and folders, as with --rules", [])
    .usage("[paths...] [options]");
  addExamples(command, [
    "harrier rules list ./rules",
    `harrier rules list ./rules --tag "OS: Windows" --min-severity high`,
    "harrier rules list ./rules --format csv -o rules.csv",
  ]);
  addRuleOptions(command);
  addOutputOptions(command);
  addCommonOptions(command).action((paths: string[], options: RulesListOptions) =>
    act(async (context) => {
      const { runRulesList } = await import("./run-rules-list.ts");
      return runRulesList({ ...options, rules: [...paths, ...options.rules] }, context);
    }),
  );
}

function addShowCommand(rules: Command, act: Act): void {
  const command = rules
    .command("show")
    .summary("show a rule: what it looks for, how, and what to do about its alerts")
    .description(
      "Shows a rule: what it looks for, its query, its schedule, its techniques, its guide.",
    )
    .argument("<rule>", "a rule file; with --rules also a rule_id or a name")
    .usage("<rule> [options]");
  addExamples(command, [
    "harrier rules show ./rules/my-rule.toml",
    `harrier rules show "Potential Command Shell*" --rules ./rules`,
    "harrier rules show ./rules/my-rule.toml --page > my-rule.md",
    "harrier rules show ./rules/my-rule.toml -o my-rule.html",
  ]);
  command
    .optionsGroup("Rules:")
    .option("--rules <path>", "where to look for the rule; may be given again", collect, []);
  addExceptionOptions(command);
  command
    .optionsGroup("Output:")
    .option("--page", "as a page to keep: Markdown, unless --format or the file's ending says html")
    .addOption(
      new Option(
        "--format <format>",
        "text, md (Markdown), html (one file) or json (the object of the API); by itself what the file's ending says, else text",
      ).choices(pageFormats),
    )
    .option("-o, --output <file>", "write to a file instead of stdout")
    .option("--force", "overwrite the file");
  addCommonOptions(command).action((rule: string, options: RulesShowOptions) =>
    act(async (context) =>
      (await import("./run-rules-show.ts")).runRulesShow(rule, options, context),
    ),
  );
}
