import type { Command } from "commander";
import type { Act } from "../program.ts";
import { addCheckCommand } from "./check.ts";
import { addCoverageCommand } from "./coverage.ts";
import { addExceptionsCommand } from "./exceptions.ts";
import { addExplainCommand } from "./explain.ts";
import { addFieldsCommand } from "./fields.ts";
import { addHuntCommand } from "./hunt.ts";
import { addIngestCommand } from "./ingest.ts";
import { addRulesCommand } from "./rules.ts";
import { addTestCommand } from "./test.ts";
import { addVersionCommand } from "./version.ts";

/** The commands in the order of the help. */
export const commands: readonly ((program: Command, act: Act) => void)[] = [
  addHuntCommand,
  addTestCommand,
  addCheckCommand,
  addExplainCommand,
  addCoverageCommand,
  addIngestCommand,
  addFieldsCommand,
  addRulesCommand,
  addExceptionsCommand,
  addVersionCommand,
];
