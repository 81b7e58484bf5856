/** Runs the variants in turn, `rounds` times: a machine that slows down slows all of them. By variant, what each round gave. */
export function takeTurns<T>(
  rounds: number,
  variants: readonly (() => T)[],
): readonly (readonly T[])[] {
  const results: T[][] = variants.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, run] of variants.entries()) results[index]?.push(run());
  }
  return results;
}

/**
 * Milliseconds of processor time, of all threads of the process: the compiler and the collector count, what other
 * programs take does not. Exact to the microsecond.
 */
export function timeOf(work: () => unknown): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1_000;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
