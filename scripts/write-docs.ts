/**
 * Prints the reference pages that code knows best.
 * Reads the tables of lang and the command line's own help; writes docs/reference/{errors,functions,cli}.md.
 * With `--check` it writes nothing and exits 1 when a page is stale.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { languageFunctions, type Parameter } from "@harrier/lang/functions";
import { diagnosticCodes } from "@harrier/lang/text";
import { literalText } from "@harrier/lang/values";
import { createProgram } from "../packages/engine/src/cli/program.ts";

const notice = "<!-- Printed by `npm run docs`. Change the code, not this page. -->";

function errorsPage(): string {
  const codes = Object.entries(diagnosticCodes);
  const rooms = [...new Set(codes.map(([code]) => code.split("/")[0] ?? ""))];
  const sections = rooms.map((room) => {
    const ofRoom = codes.filter(([code]) => code.startsWith(`${room}/`));
    const entries = ofRoom.map(([code, text]) => `### ${code}\n\n${text}`);
    return `## ${room}\n\n${entries.join("\n\n")}`;
  });
  return page(
    "Findings",
    "Every finding about a rule, a query or a file has a code. A code keeps its meaning for ever; the wording may change.",
    ...sections,
  );
}

function functionsPage(): string {
  const sections = languageFunctions.map((entry) => {
    const insensitive = entry.hasInsensitiveForm ? ` Insensitive form: \`${entry.name}~\`.` : "";
    const examples = entry.examples.map(([text, result]) => {
      const shown = typeof result === "string" ? `"${result}"` : literalText(result);
      return `| \`${text.replaceAll("|", "\\|")}\` | \`${shown.replaceAll("|", "\\|")}\` |`;
    });
    return [
      `## ${entry.name}`,
      `\`${entry.name}(${entry.parameters.map(parameterText).join(", ")})\` gives a ${entry.returns}.`,
      `${entry.doc}${insensitive}`,
      `| call | gives |\n|---|---|\n${examples.join("\n")}`,
    ].join("\n\n");
  });
  return page(
    "Functions of EQL",
    "Names are found in any letter case. An argument that is null gives null unless the text says otherwise.",
    ...sections,
  );
}

function parameterText({ name, type, optional, rest }: Parameter): string {
  if (rest) return `${name}: ${type}, …`;
  return optional ? `[${name}: ${type}]` : `${name}: ${type}`;
}

function cliPage(): string {
  const program = createProgram();
  const sections = program.commands.flatMap((command) => {
    const parts = command.commands.length > 0 ? command.commands : [command];
    return parts.map((part) => {
      const name = part === command ? command.name() : `${command.name()} ${part.name()}`;
      return `## harrier ${name}\n\n\`\`\`\n${part.helpInformation().trimEnd()}\n\`\`\``;
    });
  });
  return page("The command line", "Data on stdout, everything else on stderr.", ...sections);
}

function page(title: string, ...parts: string[]): string {
  return `${[notice, `# ${title}`, ...parts].join("\n\n")}\n`;
}

const pages: Readonly<Record<string, () => string>> = {
  "docs/reference/errors.md": errorsPage,
  "docs/reference/functions.md": functionsPage,
  "docs/reference/cli.md": cliPage,
};

const isCheck = process.argv.includes("--check");
for (const [file, print] of Object.entries(pages)) {
  const text = print();
  if (!isCheck) {
    writeFileSync(file, text);
  } else if (readIfThere(file) !== text) {
    console.error(`stale: ${file} (run npm run docs)`);
    process.exitCode = 1;
  }
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
