/** What the parser sees. Offsets are those of the query. */
export type Token = PlainToken | WordToken | QuotedToken | RegexToken | RangeToken | BoostToken;

interface Place {
  readonly start: number;
  readonly end: number;
}

export interface PlainToken extends Place {
  readonly kind: "and" | "or" | "not" | "+" | "-" | "(" | ")" | ":" | "fuzzy" | "end";
}

/** Between two spaces or symbols, escapes and wildcards as written. */
export interface WordToken extends Place {
  readonly kind: "word";
  readonly raw: string;
}

/** Without its quotes, escapes as written. */
export interface QuotedToken extends Place {
  readonly kind: "quoted";
  readonly raw: string;
}

/** Without its slashes. */
export interface RegexToken extends Place {
  readonly kind: "regex";
  readonly raw: string;
}

/** `^2`: the number. */
export interface BoostToken extends Place {
  readonly kind: "boost";
  readonly raw: string;
}

/** `[a TO b]` whole: inside of it other characters are special. */
export interface RangeToken extends Place {
  readonly kind: "range";
  readonly from: RangeBound;
  readonly to: RangeBound;
}

/** A bound as written, without quotes; an unquoted `*` is open. */
export interface RangeBound extends Place {
  readonly raw: string;
  readonly isQuoted: boolean;
  readonly inclusive: boolean;
}
