import { Command, type OutputConfiguration } from "commander";
import { commands } from "./commands/index.ts";
import type { ExitCode } from "./exit.ts";
import { addExamples, helpLayout } from "./help.ts";
import type { CliContext } from "./terminal.ts";

/** What a command does once its arguments are read. */
type CommandRun = (context: CliContext) => Promise<ExitCode>;

/** Runs a command, or only notes what would run. */
export type Act = (run: CommandRun) => Promise<void>;

/** Help is as wide as a screen of this many columns at most: long lines are hard to read. */
const widestHelp = 100;

/**
 * The commands and their options. Nothing heavy is loaded here: a command imports its parts when it runs,
 * so that `--help` is fast. Errors of usage are thrown, never end the process.
 */
export function createProgram(
  act: Act = async () => {},
  width = 80,
  output: OutputConfiguration = {},
): Command {
  const program = new Command("harrier")
    .description("Run Elastic-format detection rules over events. Nothing leaves this machine.")
    .configureHelp(helpLayout)
    .configureOutput({
      ...output,
      getOutHelpWidth: () => Math.min(width, widestHelp),
      getErrHelpWidth: () => Math.min(width, widestHelp),
    })
    .exitOverride()
    .usage("<command> [options]")
    .helpOption("-h, --help", "show this help")
    .option("--version", "show the version; with --format json those of the parts")
    .helpCommand(false);
  addExamples(program, [
    "harrier hunt ./logs --rules ./rules",
    "harrier check ./rules",
    "harrier explain ./rules/my-rule.toml event.json",
    "harrier help hunt",
  ]);
  program.addHelpText(
    "after",
    [
      "",
      "Exit codes: 0 done, 1 findings (where asked for), 2 wrong usage, 3 incomplete",
      "(with --strict, or when nothing could be read), 4 internal error, 130 interrupted.",
    ].join("\n"),
  );
  for (const add of commands) add(program, act);
  addHelpCommand(program);
  return program;
}

/** `harrier help rules list`: any depth, and a suggestion for a name that is not there. */
function addHelpCommand(program: Command): void {
  program
    .command("help")
    .summary("show the help of a command")
    .description("Shows the help of a command.")
    .argument("[command...]", "a command and its subcommand")
    .action(async (names: readonly string[]) => {
      let target = program;
      for (const name of names) {
        if (target.commands.length === 0) break;
        const next = target.commands.find((command) => command.name() === name);
        // Commander itself knows best what to say about a command that is not there.
        if (next === undefined) await target.parseAsync([name], { from: "user" });
        else target = next;
      }
      target.help();
    });
}
