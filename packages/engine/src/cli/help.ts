import { type Command, Help } from "commander";

const examples = new WeakMap<Command, readonly string[]>();

/** Commands as a user types them, shown first in the command's help. */
export function addExamples(command: Command, lines: readonly string[]): Command {
  examples.set(command, lines);
  return command;
}

/** What the command does, examples, and only then the usage and the options as commander lays them out. */
export const helpLayout: Partial<Help> = {
  sortSubcommands: false,
  showGlobalOptions: false,
  commandDescription: () => "",
  subcommandTerm: (command) => command.name(),
  // Choices stand in the descriptions in words; an empty list is no default worth showing.
  optionDescription: ({ description, defaultValue }) =>
    typeof defaultValue === "string" || (typeof defaultValue === "number" && defaultValue > 0)
      ? `${description} (default: ${defaultValue})`
      : description,
  argumentDescription: ({ description }) => description,
  formatHelp: (command, helper) => {
    const width = helper.helpWidth ?? 80;
    const lines = examples.get(command) ?? [];
    const intro = [helper.boxWrap(command.description(), width)];
    if (lines.length > 0) intro.push(`Examples:\n${lines.map((line) => `  ${line}`).join("\n")}`);
    return `${intro.join("\n\n")}\n\n${Help.prototype.formatHelp.call(helper, command, helper)}`;
  },
};
