import { type Command, InvalidArgumentError, Option } from "commander";
import { addExamples } from "../help.ts";
import {
  addCommonOptions,
  addReadingOptions,
  addRuleOptions,
  type CommonOptions,
  collectList,
  type ReadingOptions,
  type RuleOptions,
} from "../options.ts";
import type { Act } from "../program.ts";

const coverageLayers = ["rules", "tested", "data", "fired"] as const;
export type CoverageLayer = (typeof coverageLayers)[number];

const coverageFormats = ["text", "json", "html", "navigator"] as const;
export type CoverageFormat = (typeof coverageFormats)[number];

export interface CoverageOptions extends CommonOptions, RuleOptions, ReadingOptions {
  readonly layer: CoverageLayer;
  readonly platform: readonly string[];
  readonly format?: CoverageFormat;
  readonly output?: string;
  readonly force?: boolean;
  readonly failUnder?: number;
  readonly now?: string;
}

export function addCoverageCommand(program: Command, act: Act): void {
  const command = program
    .command("coverage")
    .summary("show which techniques of ATT&CK the rules look for")
    .description(
      "Puts rules into the matrix of ATT&CK: all of them, those with tests, those that the events of PATHS have " +
        "data for, or those that fired on them. Ids that ATT&CK has revoked and rules without a technique are always listed.",
    )
    .argument("[paths...]", "events, for the layers data and fired; - is stdin", [])
    .usage("[paths...] --rules <path> [options]");
  addExamples(command, [
    "harrier coverage --rules ./rules",
    "harrier coverage --rules ./rules --format html -o coverage.html",
    "harrier coverage ./logs --rules ./rules --layer data --format navigator -o layer.json",
    "harrier coverage --rules ./rules --platform Windows --fail-under 30",
  ]);
  addRuleOptions(command);
  command
    .optionsGroup("Matrix:")
    .addOption(
      new Option(
        "--layer <layer>",
        "rules: all; tested: those with tests beside them; data: those that could have fired on the events; fired: those that did",
      )
        .choices(coverageLayers)
        .default("rules"),
    )
    .option(
      "--platform <names>",
      "only techniques of these platforms, with commas between: Windows, Linux, Containers",
      collectList,
      [],
    );
  addReadingOptions(command);
  command
    .optionsGroup("Output:")
    .addOption(
      new Option(
        "--format <format>",
        "text, json, html (one page), navigator (a layer for the ATT&CK Navigator)",
      ).choices(coverageFormats),
    )
    .option("-o, --output <file>", "write to a file instead of stdout")
    .option("--force", "overwrite the file");
  command
    .optionsGroup("Exit code:")
    .option("--fail-under <percent>", "1 when fewer of the techniques have a rule", parsePercent)
    .option("--now <time>", "what now means; for the same result tomorrow");
  addCommonOptions(command).action((paths: string[], options: CoverageOptions) =>
    act(async (context) =>
      (await import("./run-coverage.ts")).runCoverageCommand(paths, options, context),
    ),
  );
}

function parsePercent(text: string): number {
  const percent = /^\d{1,3}(?:\.\d{1,3})?$/.test(text) ? Number(text) : Number.NaN;
  if (!(percent <= 100)) throw new InvalidArgumentError("Expected a number from 0 to 100.");
  return percent;
}
