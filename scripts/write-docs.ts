/**
 * Prints the reference pages that code knows best.
 * Reads the tables of lang and the command line's own help; spec/known-gaps.toml and spec/ingest; writes docs/reference/{errors,functions,cli,sources,evtx-coverage}.md and docs/compatibility.md.
 * With `--check` it writes nothing and exits 1 when a page is stale.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { languageFunctions, type Parameter } from "@harrier/lang/functions";
import { diagnosticCodes } from "@harrier/lang/text";
import { literalText } from "@harrier/lang/values";
import { parse } from "smol-toml";
import { createProgram } from "../packages/engine/src/cli/program.ts";
import { evtxCoverageSections } from "./evtx/coverage-page.ts";
import { sourcesSections } from "./pairs/sources-page.ts";

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

/** Entries of spec/known-gaps.toml. */
interface KnownGaps {
  readonly conformance: readonly { readonly case: string; readonly reason: string }[];
  readonly difference: readonly {
    readonly topic: string;
    readonly what: string;
    readonly elastic: string;
    readonly harrier: string;
    readonly why: string;
  }[];
}

function compatibilityPage(): string {
  // The file is ours; a slip in it shows as "undefined" in the page's diff.
  const gaps = parse(readFileSync("spec/known-gaps.toml", "utf8")) as unknown as KnownGaps;
  const topics = [...new Set(gaps.difference.map(({ topic }) => topic))];
  const sections = topics.map((topic) => {
    const rows = gaps.difference
      .filter((difference) => difference.topic === topic)
      .map(({ what, elastic, harrier, why }) => `| ${what} | ${elastic} | ${harrier} | ${why} |`);
    return `## ${topic}\n\n| | Elastic | Harrier | why |\n|---|---|---|---|\n${rows.join("\n")}`;
  });
  const cases = gaps.conformance.map((gap) => `- ${gap.case}: ${gap.reason}.`);
  return page(
    "Compatibility",
    "Elastic's meaning is the reference. This is all that we know to be different, and why.",
    ...sections,
    `## Public test cases that do not pass\n\nOf the 315 public EQL cases and 25 sequence specs:\n\n${cases.join("\n")}`,
  );
}

function page(title: string, ...parts: string[]): string {
  return `${[notice, `# ${title}`, ...parts].join("\n\n")}\n`;
}

function sourcesPage(): string {
  return page("Sources", ...sourcesSections());
}

function evtxCoveragePage(): string {
  return page("What the public rules find in public event logs", ...evtxCoverageSections());
}

const pages: Readonly<Record<string, () => string>> = {
  "docs/compatibility.md": compatibilityPage,
  "docs/reference/errors.md": errorsPage,
  "docs/reference/functions.md": functionsPage,
  "docs/reference/cli.md": cliPage,
  "docs/reference/sources.md": sourcesPage,
  "docs/reference/evtx-coverage.md": evtxCoveragePage,
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
