/**
 * Exceptions: what keeps an event from a rule (detection-semantics 6).
 *
 * Items come from exports of Kibana, from the API's objects, or from our own TOML. An item is applied as a
 * whole or, with a finding and a count, not at all: half an item would hide more than its author meant. The
 * items of a rule are one condition on an event. It is not made part of the rule's own condition: whoever
 * runs rules asks both, so that what was kept away can be counted.
 */
export {
  type CompiledItem,
  type CompiledItems,
  type CompileExceptionsOptions,
  type CompileItemsOptions,
  compileExceptions,
  compileItems,
  conditionsOf,
} from "./compile.ts";
export type {
  ExceptionEntry,
  ExceptionItem,
  ExceptionList,
  ExceptionSet,
  Namespace,
  OsType,
  ValueList,
  ValueListType,
} from "./exception.ts";
export { type RunClock, runClockOf } from "./expiry.ts";
export { type ExceptionFormat, exportExceptions } from "./export.ts";
export { type KibanaExceptions, toKibana } from "./export-ndjson.ts";
export { type PreparedExceptions, type PreparedRule, prepareExceptions } from "./prepare.ts";
export { type ExceptionObjects, type ReadExceptions, readExceptions } from "./read.ts";
export { type ExceptionFiles, readExceptionFiles } from "./read-files.ts";
export {
  parseValueListRequest,
  type ReadValueLists,
  readValueLists,
  type ValueListRequest,
} from "./value-list.ts";
