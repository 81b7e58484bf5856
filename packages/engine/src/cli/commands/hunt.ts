import { type Command, Option } from "commander";
import type { Severity } from "../../rules/index.ts";
import { addExamples } from "../help.ts";
import {
  addCommonOptions,
  addExceptionOptions,
  addOutputOptions,
  addReadingOptions,
  addRuleOptions,
  type CommonOptions,
  collect,
  type ExceptionOptions,
  type OutputOptions,
  parseCount,
  parseThreads,
  type ReadingOptions,
  type RuleOptions,
  severityOption,
  splitList,
} from "../options.ts";
import type { Act } from "../program.ts";

export interface HuntOptions
  extends CommonOptions,
    RuleOptions,
    ExceptionOptions,
    ReadingOptions,
    OutputOptions {
  readonly query: readonly string[];
  readonly indicators: readonly string[];
  readonly lang: "eql";
  readonly from?: string;
  readonly to?: string;
  readonly now?: string;
  readonly indices: "any" | "strict";
  readonly strictFields?: boolean;
  readonly caseFolding: "unicode" | "ascii";
  readonly fields?: readonly string[];
  readonly limit?: number;
  readonly maxSignals?: boolean;
  readonly includeBuildingBlocks?: boolean;
  readonly failOn?: Severity;
  readonly strict?: boolean;
  readonly summary?: string;
  readonly threads?: number;
  readonly profile?: boolean;
}

export function addHuntCommand(program: Command, act: Act): void {
  const command = program
    .command("hunt")
    .summary("run rules, or a query, over log files and print the alerts")
    .description(
      "Runs rules, or a query, over log files and prints the alerts. Alerts go to stdout; what was read, " +
        "which rules fired, were silent or could not fire is told on stderr.",
    )
    .argument("[paths...]", "files, folders and archives with events; - is stdin", [])
    .usage("[paths...] --rules <path> [options]");
  addExamples(command, [
    "harrier hunt ./logs --rules ./rules",
    "harrier hunt ./logs --rules ./rules --min-severity high -o alerts.csv",
    "harrier hunt ./logs --rules ./rules | jq -r '.host.name' | sort | uniq -c",
    `zcat day.ndjson.gz | harrier hunt - -e 'process where process.name == "rundll32.exe"'`,
  ]);
  addRuleOptions(command)
    .option("-e, --query <query>", "run this query; may be given again", collect, [])
    .addOption(new Option("--lang <language>", "language of -e").choices(["eql"]).default("eql"))
    .option(
      "--indicators <path>",
      "file or folder with indicators for indicator match rules; may be given again",
      collect,
      [],
    )
    .addOption(
      new Option(
        "--indices <how>",
        "any event for any rule, or strict: only events of an index that the rule names",
      )
        .choices(["any", "strict"])
        .default("any"),
    )
    .option("--strict-fields", "a field that no schema names is an error, as in Elasticsearch")
    .addOption(
      new Option(
        "--case-folding <how>",
        "which letters are equal: unicode, or ascii as on older stacks",
      )
        .choices(["unicode", "ascii"])
        .default("unicode"),
    );
  addExceptionOptions(command.optionsGroup("Exceptions:"));
  command
    .optionsGroup("Time:")
    .option("--from <time>", "only events at or after: ISO, or date math like now-48h")
    .option("--to <time>", "only events at or before; 2026-03-04 includes the whole day")
    .option("--now <time>", "what now means; for the same result tomorrow");
  addReadingOptions(command);
  addOutputOptions(command)
    .option("--fields <names>", "only these fields, with commas between", splitList)
    .option("--limit <count>", "give out at most this many alerts", parseCount)
    .option(
      "--max-signals",
      "each run of a rule makes no more alerts than its max_signals, as in production",
    )
    .option("--include-building-blocks", "also in table and csv; ndjson and json always have them")
    .option("--summary <file>", "write the summary as JSON, too");
  command
    .optionsGroup("Speed:")
    .option(
      "--threads <count>",
      "look for matches on this many threads; the result is the same (default: for less than 512 MiB, 1; else one for each processor, at most 8)",
      parseThreads,
    )
    .option(
      "--profile",
      "after the summary, the rules and predicates that cost most to look for; also in the file of --summary",
    );
  command
    .optionsGroup("Exit code:")
    .addOption(severityOption("--fail-on <severity>", "1 when an alert is at least this severe"))
    .option("--strict", "3 when an input was unreadable or a rule did not run");
  addCommonOptions(command).action((paths: string[], options: HuntOptions) =>
    act(async (context) => (await import("./run-hunt.ts")).runHuntCommand(paths, options, context)),
  );
}
