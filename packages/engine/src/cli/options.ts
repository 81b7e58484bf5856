import { type Command, InvalidArgumentError, Option } from "commander";
import type { Severity } from "../rules/index.ts";

const formatNames = ["table", "ndjson", "json", "csv"] as const;
export type FormatName = (typeof formatNames)[number];

/** Once more, because importing the rules' own list would load all that reads rules, only to show a help text. */
const severities = ["low", "medium", "high", "critical"] as const satisfies readonly Severity[];

const colorChoices = ["auto", "always", "never"] as const;
export type ColorWhen = (typeof colorChoices)[number];

/** Options that every command has. */
export interface CommonOptions {
  readonly color: ColorWhen;
  readonly quiet?: boolean;
  readonly verbose: number;
}

/** Which rules. Several values of one option mean any of them; different options must all hold. */
export interface RuleOptions {
  readonly rules: readonly string[];
  readonly rule: readonly string[];
  readonly tag: readonly string[];
  readonly minSeverity?: Severity;
}

/** How inputs are read, where their content does not tell. */
export interface ReadingOptions {
  readonly inputFormat?: string;
  readonly map: readonly string[];
  readonly password?: string;
  readonly timezone?: string;
  readonly recover?: true;
}

/** What keeps events from rules. */
export interface ExceptionOptions {
  readonly exceptions: readonly string[];
  readonly valueList: readonly string[];
  readonly endpointExceptions: boolean;
}

/** Where a list goes and in which form. */
export interface OutputOptions {
  readonly format?: FormatName;
  readonly output?: string;
  readonly force?: boolean;
}

/** -1 with `-q`, else how often `-v` was given. */
export function verbosityOf({ quiet, verbose }: CommonOptions): number {
  return quiet === true ? -1 : verbose;
}

export function addCommonOptions(command: Command): Command {
  return command
    .optionsGroup("General options:")
    .option("-q, --quiet", "say nothing on stderr but errors")
    .option("-v, --verbose", "say more on stderr", (_, count: number) => count + 1, 0)
    .addOption(
      new Option("--color <when>", "colours on a terminal: auto, always or never")
        .choices(colorChoices)
        .default("auto" as ColorWhen),
    )
    .helpOption("-h, --help", "show this help");
}

export function addRuleOptions(command: Command): Command {
  return command
    .optionsGroup("Rules:")
    .option("--rules <path>", "rule file or folder; may be given again", collect, [])
    .option("--rule <id>", "only rules with this rule_id or name; * and ? match", collect, [])
    .option("--tag <tag>", "only rules with this tag; * and ? match", collect, [])
    .addOption(severityOption("--min-severity <severity>", "only rules at least this severe"));
}

export function addExceptionOptions(command: Command): Command {
  return command
    .option(
      "--exceptions <path>",
      "file or folder with exceptions of the rules; may be given again",
      collect,
      [],
    )
    .option(
      "--value-list <list>",
      "a list that exceptions name: FILE, NAME=FILE or NAME:TYPE=FILE; TYPE is keyword, ip, ip_range or text",
      collect,
      [],
    )
    .option(
      "--no-endpoint-exceptions",
      "leave the exceptions of Elastic Defend to Elastic Defend: rules run without them",
    );
}

export function addOutputOptions(command: Command): Command {
  return command
    .optionsGroup("Output:")
    .addOption(
      new Option(
        "--format <format>",
        "table, ndjson, json or csv; by itself what the file's ending says, else table on a terminal and ndjson in a pipe",
      ).choices(formatNames),
    )
    .option("-o, --output <file>", "write to a file instead of stdout")
    .option("--force", "overwrite the file");
}

export function severityOption(flags: string, description: string): Option {
  return new Option(flags, `${description} (${severities.join(", ")})`).argParser((text) => {
    const found = severities.find((severity) => severity === text.toLowerCase());
    if (found === undefined) {
      throw new InvalidArgumentError(`Severities are ${severities.join(", ")}.`);
    }
    return found;
  });
}

/** The options of all commands that read events. */
export function addReadingOptions(command: Command): Command {
  return command
    .optionsGroup("Inputs:")
    .option(
      "--input-format <name>",
      "the format of all inputs, instead of what their content tells",
    )
    .option(
      "--map <file>",
      "a mapping file for logs of your own; may be given again, the first for an input's name counts",
      collect,
      [],
    )
    .option(
      "--password <text>",
      "the password of encrypted zip archives; HARRIER_PASSWORD in the environment, too",
    )
    .option(
      "--timezone <zone>",
      "zone of times that name none: an offset like +02:00, or Europe/Berlin (default: UTC)",
    )
    .option(
      "--recover",
      "also events that a Windows event log has given up, where they are still whole",
    );
}

/** For options that may be given again. */
export function collect(value: string, values: readonly string[]): readonly string[] {
  return [...values, value];
}

/** For lists that may be given again. */
export function collectList(text: string, values: readonly string[]): readonly string[] {
  return [...values, ...splitList(text)];
}

/** `a,b` as a list; blanks around names do not count. */
export function splitList(text: string): readonly string[] {
  const names = text.split(",").map((name) => name.trim());
  if (names.includes("")) throw new InvalidArgumentError("Expected names with commas between.");
  return names;
}

/** More threads than this are a slip of the finger. */
const mostThreads = 64;

export function parseThreads(text: string): number {
  const count = parseCount(text);
  if (count > mostThreads) throw new InvalidArgumentError(`Expected at most ${mostThreads}.`);
  return count;
}

export function parseCount(text: string): number {
  const count = /^\d{1,15}$/.test(text) ? Number(text) : 0;
  if (count < 1) throw new InvalidArgumentError("Expected a whole number above 0.");
  return count;
}
