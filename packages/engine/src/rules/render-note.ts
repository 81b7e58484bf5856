/**
 * Puts the entries of a `[transform]` table into a guide: the N-th entry of kind K replaces `$K_N`
 * and `${K_N}` as `!{K{…}}`, and `$$` is a dollar. Other names stay (detection-semantics 1.4).
 */
export function renderNote(note: string, transform: Readonly<Record<string, unknown>>): string {
  const rendered = new Map<string, string>();
  for (const [kind, entries] of Object.entries(transform)) {
    if (!Array.isArray(entries)) continue;
    for (const [index, entry] of entries.entries()) {
      rendered.set(`${kind}_${index}`, `!{${kind}${JSON.stringify(sortKeys(entry))}}`);
    }
  }
  return note.replace(
    /\$(?:\$|([_a-z][_a-z0-9]*)|\{([_a-z][_a-z0-9]*)\})/gi,
    (placeholder: string, plain?: string, braced?: string) => {
      const name = plain ?? braced;
      return name === undefined ? "$" : (rendered.get(name) ?? placeholder);
    },
  );
}

/** Entries are a few levels deep: their nesting was bounded when the file was read. */
function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([key, inner]) => [key, sortKeys(inner)]),
  );
}
