import { CommanderError } from "commander";
import { type ExitCode, exitCodes, isWorldError, UsageError } from "./exit.ts";
import { visibleLines } from "./output/terminal-text.ts";
import { type Act, createProgram } from "./program.ts";
import type { CliContext } from "./terminal.ts";

/** Runs one command line, without the program's name. Never throws: what went wrong is told on stderr. */
export async function runCli(args: readonly string[], context: CliContext): Promise<ExitCode> {
  const { stdout, stderr } = context;
  let code: ExitCode = exitCodes.done;
  const act: Act = async (run) => {
    code = await run(context);
  };
  const program = createProgram(act, stdout.width, {
    writeOut: (text) => stdout.stream.write(text),
    writeErr: (text) => stderr.stream.write(text),
    // Arguments come back in messages, and a shell's history or a script may hold anything.
    outputError: (text, write) => write(visibleLines(text)),
  });
  try {
    await program.parseAsync(withVersionCommand(args), { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return afterCommander(error, args, context);
    const showStack = args.some((arg) => arg === "--verbose" || /^-v+$/.test(arg));
    const { writeFailure } = await import("./messages.ts");
    writeFailure(stderr, error, showStack);
    if (error instanceof UsageError) return exitCodes.usage;
    return isWorldError(error) ? exitCodes.incomplete : exitCodes.internal;
  }
}

/** `--version` alone or with `--format json` is the command `version`. */
function withVersionCommand(args: readonly string[]): readonly string[] {
  return args[0] === "--version" ? ["version", ...args.slice(1)] : args;
}

/** Commander has told everything already: help that was asked for, or what is wrong with the arguments. */
function afterCommander(
  error: CommanderError,
  args: readonly string[],
  { stderr }: CliContext,
): ExitCode {
  if (error.exitCode === 0) return exitCodes.done;
  if (error.code !== "commander.help") {
    const path = commandPath(args);
    stderr.stream.write(`See: harrier ${path === "" ? "--help" : `help ${path}`}\n`);
  }
  return exitCodes.usage;
}

/** The command that the arguments name, with its subcommand; empty where there is none. */
function commandPath(args: readonly string[]): string {
  const names: string[] = [];
  let commands = createProgram().commands;
  for (const arg of args[0] === "help" ? args.slice(1) : args) {
    const found = commands.find((command) => command.name() === arg);
    if (found === undefined) break;
    names.push(found.name());
    commands = found.commands;
  }
  return names.join(" ");
}
