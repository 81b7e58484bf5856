/**
 * Splits a command line as the Sysmon and PowerShell pipelines do (ecs-mapping 3.1): the convention of
 * the C runtimes before 2008, also for the program's name. Blanks and tabs separate; quotes hold
 * together; backslashes count only before a quote, two of them for one, an odd one makes the quote literal.
 */
export function splitArguments(commandLine: string): string[] {
  const args: string[] = [];
  let argument = "";
  let isOpen = false;
  let inQuotes = false;
  let backslashes = 0;
  const flush = (count: number) => {
    argument += "\\".repeat(count);
    backslashes = 0;
  };
  for (let index = 0; index < commandLine.length; index += 1) {
    const character = commandLine.charAt(index);
    if ((character === " " || character === "\t") && !inQuotes) {
      flush(backslashes);
      if (isOpen) args.push(argument);
      argument = "";
      isOpen = false;
      continue;
    }
    isOpen = true;
    if (character === "\\") backslashes += 1;
    else if (character === '"') {
      const isLiteral = backslashes % 2 === 1;
      flush(Math.floor(backslashes / 2));
      if (isLiteral) argument += '"';
      else {
        if (inQuotes && commandLine.charAt(index + 1) === '"') {
          argument += '"';
          index += 1;
        }
        inQuotes = !inQuotes;
      }
    } else {
      flush(backslashes);
      const end = nextSpecial(commandLine, index + 1);
      argument += commandLine.slice(index, end);
      index = end - 1;
    }
  }
  flush(backslashes);
  if (isOpen) args.push(argument);
  return args;
}

/** The next blank, tab, quote or backslash, or the end. Encoded scripts are long, and all one piece. */
function nextSpecial(text: string, from: number): number {
  for (let index = from; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit === 0x20 || unit === 0x09 || unit === 0x22 || unit === 0x5c) return index;
  }
  return text.length;
}

/**
 * Splits a command line as the Security pipeline does for event 4688 (ecs-mapping 3.2): at every white
 * space outside of quotes. Quotes and backslashes stay; two blanks in a row make an empty argument.
 */
export function splitAtBlanks(commandLine: string): string[] {
  const args: string[] = [];
  let start = 0;
  let inQuotes = false;
  for (let index = 0; index < commandLine.length; index += 1) {
    const character = commandLine.charAt(index);
    if (character === '"') inQuotes = !inQuotes;
    else if (!inQuotes && /\s/.test(character)) {
      args.push(commandLine.slice(start, index));
      start = index + 1;
    }
  }
  args.push(commandLine.slice(start));
  return args;
}
