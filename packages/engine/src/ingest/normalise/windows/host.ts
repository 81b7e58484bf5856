import { createHash } from "node:crypto";

const known = new Map<string, string>();
const mostKnown = 10_000;

/**
 * A `host.id` for events whose form has none: 128 bits of SHA-256 over the computer's name in lower
 * case, as hex. Events of one host agree on it whatever file they come from, which is all that
 * sequences need of it; it is not the machine id that an agent would report.
 */
export function hostIdOf(computer: string): string {
  const name = computer.toLowerCase();
  let id = known.get(name);
  if (id === undefined) {
    id = createHash("sha256").update(`host:${name}`).digest("hex").slice(0, 32);
    if (known.size >= mostKnown) known.clear();
    known.set(name, id);
  }
  return id;
}
