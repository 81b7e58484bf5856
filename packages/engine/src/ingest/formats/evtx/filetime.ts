/** Milliseconds between 1601-01-01, where the time of Windows begins, and 1970. */
const epochOffsetMs = 11_644_473_600_000;
const dayMs = 86_400_000;
const ticksPerMs = 10_000;

let lastDay = Number.NaN;
let lastDate = "";

/**
 * A FILETIME, 100 ns since 1601, as ISO 8601 in UTC with all its seven digits, as Windows writes it. The number
 * comes in two halves, as a double does not hold it; the day's date is kept, as most events of a log share it.
 */
export function filetimeText(low: number, high: number): string {
  const rest = (high % ticksPerMs) * 0x1_0000_0000 + low;
  const ms = Math.floor(high / ticksPerMs) * 0x1_0000_0000 + Math.floor(rest / ticksPerMs);
  const day = Math.floor(ms / dayMs);
  if (day !== lastDay) {
    lastDay = day;
    lastDate = dateOf(day * dayMs - epochOffsetMs);
  }
  const inDay = ms - day * dayMs;
  const seconds = Math.floor(inDay / 1000);
  const minutes = Math.floor(seconds / 60);
  const ticks = (inDay % 1000) * ticksPerMs + (rest % ticksPerMs);
  return `${lastDate}T${pad(Math.floor(minutes / 60), 2)}:${pad(minutes % 60, 2)}:${pad(seconds % 60, 2)}.${pad(ticks, 7)}Z`;
}

/** The largest FILETIME is in the year 60056; ISO 8601 has a sign before years of five digits, Windows has not. */
function dateOf(epochMs: number): string {
  const text = new Date(epochMs).toISOString();
  return text.slice(0, text.indexOf("T")).replace(/^\+0?/, "");
}

function pad(value: number, digits: number): string {
  return String(value).padStart(digits, "0");
}
