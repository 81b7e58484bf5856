/** The functions of the languages: one file each, one table. */
export type {
  ArgumentType,
  CallContext,
  LanguageFunction,
  Parameter,
  ResultType,
} from "./function.ts";
