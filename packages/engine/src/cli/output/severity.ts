import { type Severity, severities } from "../../rules/index.ts";
import type { Colors } from "../terminal.ts";

/** Colours only repeat what the word says. */
export function styleSeverity(colors: Colors, text: string, severity: Severity): string {
  switch (severity) {
    case "critical":
      return colors.bold(colors.red(text));
    case "high":
      return colors.red(text);
    case "medium":
      return colors.yellow(text);
    case "low":
      return colors.cyan(text);
    default: {
      const never: never = severity;
      return never;
    }
  }
}

/** The longest of the four words. */
export const severityWidth: number = Math.max(...severities.map((word) => word.length));

/** Worst first. */
export const severitiesByWeight: readonly Severity[] = [...severities].reverse();
