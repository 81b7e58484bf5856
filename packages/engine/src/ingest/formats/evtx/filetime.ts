/** Milliseconds between 1601-01-01, where the time of Windows begins, and 1970. */
const epochOffsetMs = 11_644_473_600_000;
const dayMs = 86_400_000;
const ticksPerMs = 10_000;

/** The dates of the last days, as the events of a log are of few. */
const dates = new Map<number, string>();
const mostDates = 1_000;

const twoDigits: readonly string[] = Array.from({ length: 100 }, (_, value) =>
  String(value).padStart(2, "0"),
);

/**
 * A FILETIME, 100 ns since 1601, as ISO 8601 in UTC with all its seven digits, as Windows writes it. The number
 * comes in two halves, as a double does not hold it.
 */
export function filetimeText(low: number, high: number): string {
  const rest = (high % ticksPerMs) * 0x1_0000_0000 + low;
  const ms = Math.floor(high / ticksPerMs) * 0x1_0000_0000 + Math.floor(rest / ticksPerMs);
  const day = Math.floor(ms / dayMs);
  const inDay = ms - day * dayMs;
  const seconds = Math.floor(inDay / 1000);
  const minutes = Math.floor(seconds / 60);
  const ticks = (inDay % 1000) * ticksPerMs + (rest % ticksPerMs);
  // Seven digits, whatever zeros they begin with.
  const fraction = String(ticks + 10_000_000).slice(1);
  return `${dateOf(day)}T${twoDigits[Math.floor(minutes / 60)]}:${twoDigits[minutes % 60]}:${twoDigits[seconds % 60]}.${fraction}Z`;
}

function dateOf(day: number): string {
  const known = dates.get(day);
  if (known !== undefined) return known;
  const date = writeDate(day * dayMs - epochOffsetMs);
  if (dates.size >= mostDates) dates.clear();
  dates.set(day, date);
  return date;
}

/** The largest FILETIME is in the year 60056; ISO 8601 has a sign before years of five digits, Windows has not. */
function writeDate(epochMs: number): string {
  const text = new Date(epochMs).toISOString();
  return text.slice(0, text.indexOf("T")).replace(/^\+0?/, "");
}
