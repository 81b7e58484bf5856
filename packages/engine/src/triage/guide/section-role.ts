import type { SectionRole } from "./guide.ts";

/** Headings by how they begin, in lower case. */
const roles: readonly (readonly [string, SectionRole])[] = [
  ["investigating", "investigating"],
  ["possible investigation steps", "steps"],
  ["investigation steps", "steps"],
  ["triage steps", "steps"],
  ["false positive", "false-positives"],
  ["response", "response"],
  ["related rules", "related-rules"],
  ["setup", "setup"],
];

/** What stands below a heading of a guide, by the heading. */
export function sectionRole(heading: string): SectionRole {
  const start = heading.trim().toLowerCase();
  return roles.find(([words]) => start.startsWith(words))?.[1] ?? "other";
}
