import type { CaseFolding, Literal } from "../values/index.ts";

/** What an argument may be. `number` takes whole numbers and decimals; `any` everything. */
export type ArgumentType = "string" | "number" | "integer" | "boolean" | "ip" | "any";

/** What a call gives. `number` is whole or decimal as its arguments are. */
export type ResultType = "string" | "number" | "integer" | "boolean";

export interface Parameter {
  readonly name: string;
  readonly type: ArgumentType;
  /** May be left out. Only at the end. */
  readonly optional?: boolean;
  /** One or more of these. Only the last. */
  readonly rest?: boolean;
  /** Must not depend on a field. */
  readonly constant?: boolean;
}

export interface CallContext {
  /** The insensitive form was called: `endsWith~`. */
  readonly fold: boolean;
  readonly folding: CaseFolding;
}

/** A function of EQL, with all that the checks, the evaluator and the reference page need of it. */
export interface LanguageFunction {
  readonly name: string;
  /** One sentence; arguments in backquotes. */
  readonly doc: string;
  readonly parameters: readonly Parameter[];
  readonly returns: ResultType;
  /** Whether the form with `~` exists. */
  readonly hasInsensitiveForm: boolean;
  /** Query text and what it gives: run as tests, printed as docs. */
  readonly examples: readonly (readonly [text: string, result: Literal])[];
  /**
   * One call on single values. Gets as many arguments as were written, after the checks; any of them may
   * be null. Gives null where the function has no value, also where Elasticsearch fails the request.
   */
  readonly run: (args: readonly Literal[], context: CallContext) => Literal;
}
