/** By themselves, so that a help text loads nothing that writes them. */
export const reporterNames = ["table", "json", "junit", "sarif", "github"] as const;
export type ReporterName = (typeof reporterNames)[number];
