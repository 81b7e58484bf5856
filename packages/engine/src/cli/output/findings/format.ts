import { type Diagnostic, type FrameStyle, renderDiagnostic } from "@harrier/lang/text";
import { diagnosticJson } from "../diagnostic-json.ts";
import { jsonText } from "../json-text.ts";
import type { FindingFormat } from "./format-names.ts";
import { githubText } from "./github.ts";
import { sarifText } from "./sarif.ts";

export function findingsText(
  findings: readonly Diagnostic[],
  format: FindingFormat,
  { style, version }: { readonly style: FrameStyle; readonly version: string },
): string {
  switch (format) {
    case "text":
      return findings.map((finding) => `${renderDiagnostic(finding, style)}\n\n`).join("");
    case "json":
      return `${jsonText(findings.map(diagnosticJson), 2)}\n`;
    case "sarif":
      return sarifText(findings, version);
    case "github":
      return githubText(findings);
    default:
      return format satisfies never;
  }
}
