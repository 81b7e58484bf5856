import type { FindingCode } from "../event.ts";

/** Packed data that is not whole. What came before the place has been given out. */
export class DamageError extends Error {
  readonly code: "truncated" | "damaged";

  constructor(code: "truncated" | "damaged", message: string) {
    super(message);
    this.name = "DamageError";
    this.code = code;
  }
}

/** What kind of finding an error is that ended the reading of a file. */
export function codeOfFailure(error: unknown): FindingCode {
  if (error instanceof DamageError) return error.code;
  const isCut = error instanceof Error && "code" in error && error.code === "Z_BUF_ERROR";
  return isCut ? "truncated" : "unreadable";
}
