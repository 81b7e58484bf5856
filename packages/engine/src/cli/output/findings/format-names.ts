/** By themselves, so that a help text loads nothing that writes them. */
export const findingFormats = ["text", "json", "sarif", "github"] as const;
export type FindingFormat = (typeof findingFormats)[number];
