import { parseDateConstant } from "@harrier/lang/values";

const unitMs: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** `5m` in milliseconds; `undefined` for anything else, and for nothing at all. */
export function parseInterval(text: string): number | undefined {
  const parts = /^(\d{1,9})([smhd])$/.exec(text);
  const ms = Number(parts?.[1]) * (unitMs[parts?.[2] ?? ""] ?? Number.NaN);
  return ms > 0 ? ms : undefined;
}

/** Whether a text can be a bound of a rule's window: date math from `now`, or a date to start from. */
export function isDateMath(text: string): boolean {
  return (
    /^(?:now|\d{4}-[-:.TZ+\d]+(?:\|\||$))(?:[-+]\d+[yMwdhHms])*(?:\/[yMwdhHms])?$/.test(text) &&
    parseDateConstant(text, 0n) !== undefined
  );
}
