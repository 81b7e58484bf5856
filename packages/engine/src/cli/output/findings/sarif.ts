import { isAbsolute } from "node:path";
import { pathToFileURL } from "node:url";
import {
  type Diagnostic,
  type DiagnosticCode,
  diagnosticCodes,
  outermostSpan,
  positionAt,
  type Span,
} from "@harrier/lang/text";
import { jsonText } from "../json-text.ts";

/** Findings as SARIF 2.1.0, the format of code scanning services. */
export function sarifText(findings: readonly Diagnostic[], version: string): string {
  const codes = [...new Set(findings.map(({ code }) => code))].sort();
  const places = new Map(codes.map((code, index) => [code, index]));
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "Harrier", version, rules: codes.map(describeCode) } },
        columnKind: "unicodeCodePoints",
        results: findings.map((finding) => resultOf(finding, places)),
      },
    ],
  };
  return `${jsonText(log, 2)}\n`;
}

function describeCode(code: DiagnosticCode): object {
  return { id: code, fullDescription: { text: diagnosticCodes[code] } };
}

function resultOf(
  { severity, code, message, span, labels = [], hint }: Diagnostic,
  places: ReadonlyMap<DiagnosticCode, number>,
): object {
  return {
    ruleId: code,
    ruleIndex: places.get(code),
    level: severity,
    message: { text: hint === undefined ? message : `${message}\n${hint}` },
    locations: [{ physicalLocation: locationOf(span) }],
    ...(labels.length > 0 && {
      relatedLocations: labels.map((label) => ({
        message: { text: label.message },
        physicalLocation: locationOf(label.span),
      })),
    }),
  };
}

function locationOf(span: Span): object {
  const { source, start, end } = outermostSpan(span);
  const first = positionAt(source.text, start);
  const last = positionAt(source.text, end);
  return {
    artifactLocation: { uri: uriOf(source.name) },
    region: {
      startLine: first.line,
      startColumn: first.column,
      endLine: last.line,
      endColumn: last.column,
    },
  };
}

/** A path below the current folder stays relative: whoever reads the log has the files elsewhere. */
function uriOf(path: string): string {
  if (isAbsolute(path)) return pathToFileURL(path).href;
  return path.split(/[\\/]/).map(encodeURIComponent).join("/");
}
