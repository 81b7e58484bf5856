import { type Command, Option } from "commander";
import { addExamples } from "../help.ts";
import { addCommonOptions, type CommonOptions, collect, parseCount } from "../options.ts";
import { type ReporterName, reporterNames } from "../output/test-report/reporter-names.ts";
import type { Act } from "../program.ts";

export interface TestOptions extends CommonOptions {
  readonly filter: readonly string[];
  readonly changed?: string | true;
  readonly minTests?: number;
  readonly baseline: readonly string[];
  readonly known: readonly string[];
  readonly update?: boolean;
  readonly watch?: boolean;
  readonly reporter: ReporterName;
  readonly output?: string;
  readonly force?: boolean;
  readonly now?: string;
  readonly caseFolding: "unicode" | "ascii";
}

export function addTestCommand(program: Command, act: Act): void {
  const command = program
    .command("test")
    .summary("run the tests of rules")
    .description(
      "Runs the cases beside rules: files named <rule>.test.toml, or any such file in a folder <rule>.test. " +
        "Exit code 1 when a case fails. docs/reference/rule-tests.md tells how cases are written.",
    )
    .argument("[paths...]", "rules, test files and folders with them", ["."])
    .usage("[paths...] [options]");
  addExamples(command, [
    "harrier test ./rules",
    "harrier test ./rules --changed --min-tests 2",
    "harrier test ./rules --filter 'netcat*' --watch",
    "harrier test ./rules --baseline ./quiet-logs --known known.toml",
    "harrier test ./rules --reporter junit -o junit.xml",
  ]);
  command
    .optionsGroup("Cases:")
    .option(
      "--filter <pattern>",
      "only cases whose name, or whose file, is like this; * and ? match; may be given again",
      collect,
      [],
    )
    .option(
      "--changed [revision]",
      "only rules that differ from this revision of git (default: HEAD), or whose tests do",
    )
    .option(
      "--min-tests <count>",
      "a rule with fewer cases that match, or fewer that do not, is a failure",
      parseCount,
    )
    .addOption(
      new Option("--case-folding <how>", "which letters are equal, as in hunt")
        .choices(["unicode", "ascii"])
        .default("unicode"),
    )
    .option("--now <time>", "what now means in queries where a case does not say")
    .option(
      "--baseline <path>",
      "events on which no rule may fire: files and folders as in hunt; may be given again",
      collect,
      [],
    )
    .option(
      "--known <file>",
      "alerts of the baseline that are known, each until a day",
      collect,
      [],
    )
    .option("--update", "write what came out into the test files, and show the difference")
    .option("--watch", "run again whenever a file changes");
  command
    .optionsGroup("Output:")
    .addOption(
      new Option("--reporter <name>", "table, json, junit, sarif, or github for annotations")
        .choices(reporterNames)
        .default("table"),
    )
    .option("-o, --output <file>", "write the report to a file instead of stdout")
    .option("--force", "overwrite the file");
  addCommonOptions(command).action((paths: string[], options: TestOptions) =>
    act(async (context) => (await import("./run-test.ts")).runTestCommand(paths, options, context)),
  );
}
