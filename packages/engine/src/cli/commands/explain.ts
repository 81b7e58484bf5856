import { type Command, Option } from "commander";
import { addExamples } from "../help.ts";
import {
  addCommonOptions,
  addExceptionOptions,
  addReadingOptions,
  type CommonOptions,
  collect,
  type ExceptionOptions,
  parseCount,
  type ReadingOptions,
} from "../options.ts";
import type { Act } from "../program.ts";

export interface ExplainOptions extends CommonOptions, ExceptionOptions, ReadingOptions {
  readonly rules: readonly string[];
  readonly query?: string;
  readonly alert?: string;
  readonly format: "text" | "json";
  readonly limit: number;
  readonly strictFields?: boolean;
  readonly caseFolding: "unicode" | "ascii";
  readonly now?: string;
}

export function addExplainCommand(program: Command, act: Act): void {
  const command = program
    .command("explain")
    .summary("why a rule matches an event, or does not, or why an alert was raised")
    .description(
      "Shows for each clause of a rule whether it holds for an event, and the values that decided. " +
        "For a sequence, each step for each event, and the matches of the whole. An alert holds its rule " +
        "and its events: a file of alerts, as hunt writes it, is explained by itself.",
    )
    .argument(
      "<rule>",
      "a rule file; with --rules also a rule_id or a name; left out with -e; or a file of alerts",
    )
    .argument("[events]", "a file with one event or several; - is stdin")
    .usage("<rule> <events> | <alerts> [options]");
  addExamples(command, [
    "harrier explain ./rules/my-rule.toml event.json",
    `harrier explain "Potential Command Shell*" event.json --rules ./rules`,
    "harrier explain alerts.ndjson --alert 5f0c1ad2 --limit 1",
    `harrier explain -e 'process where process.name : "nc*.exe"' events.ndjson`,
  ]);
  command
    .optionsGroup("Rule:")
    .option("--rules <path>", "where to look for the rule; may be given again", collect, [])
    .option("-e, --query <query>", "explain this query instead of a rule")
    .option("--strict-fields", "a field that no schema names is an error, as in Elasticsearch")
    .addOption(
      new Option(
        "--case-folding <how>",
        "which letters are equal: unicode, or ascii as on older stacks",
      )
        .choices(["unicode", "ascii"])
        .default("unicode"),
    )
    .option("--now <time>", "what now means; for the same result tomorrow");
  addReadingOptions(command);
  addExceptionOptions(command.optionsGroup("Exceptions:"));
  command
    .optionsGroup("Output:")
    .addOption(
      new Option("--format <format>", "text or json").choices(["text", "json"]).default("text"),
    )
    .option("--alert <id>", "only the alert with this id")
    .option("--limit <count>", "explain at most this many events, or alerts", parseCount, 100);
  addCommonOptions(command).action(
    (rule: string, events: string | undefined, options: ExplainOptions) =>
      act(async (context) =>
        (await import("./run-explain.ts")).runExplainCommand(rule, events, options, context),
      ),
  );
}
