/** Whether a value holds lists and objects more than `depth` levels deep. Needs no stack of its own depth. */
export function isDeeperThan(depth: number, value: unknown): boolean {
  let level: object[] = typeof value === "object" && value !== null ? [value] : [];
  for (let levels = 0; level.length > 0; levels += 1) {
    if (levels > depth) return true;
    const below: object[] = [];
    for (const outer of level) {
      for (const inner of Object.values(outer)) {
        if (typeof inner === "object" && inner !== null) below.push(inner);
      }
    }
    level = below;
  }
  return false;
}
