import { existsSync } from "node:fs";
import type { RuleRequest } from "../app.ts";
import { parseValueListRequest, type ValueListRequest } from "../exceptions/index.ts";
import { UsageError } from "./exit.ts";
import type { ExceptionOptions } from "./options.ts";
import { checkRulePaths } from "./rule-paths.ts";

/** What the options say about exceptions. Throws a `UsageError` for a path that is not there. */
export function exceptionRequest({
  exceptions,
  valueList,
  endpointExceptions,
}: ExceptionOptions): Pick<RuleRequest, "exceptionPaths" | "valueLists" | "endpointExceptions"> {
  checkRulePaths(exceptions);
  return {
    exceptionPaths: exceptions,
    valueLists: valueList.map(readValueList),
    endpointExceptions,
  };
}

function readValueList(text: string): ValueListRequest {
  const request = parseValueListRequest(text);
  if (request === undefined) {
    throw new UsageError(
      `--value-list ${text} names no file`,
      "write FILE, NAME=FILE or NAME:TYPE=FILE",
    );
  }
  if (!existsSync(request.file)) throw new UsageError(`there is no file ${request.file}`);
  return request;
}
