import { type Diagnostic, outermostSpan, positionAt } from "@harrier/lang/text";

/** Findings as GitHub's workflow commands: a line each, shown beside the file's lines in a pull request. */
export function githubText(findings: readonly Diagnostic[]): string {
  return findings.map((finding) => `${commandOf(finding)}\n`).join("");
}

function commandOf({ severity, code, message, span, hint }: Diagnostic): string {
  const { source, start, end } = outermostSpan(span);
  const first = positionAt(source.text, start);
  const last = positionAt(source.text, end);
  const properties = [
    `file=${escapeProperty(source.name)}`,
    `line=${first.line}`,
    `endLine=${last.line}`,
    // Columns are taken for a stretch within one line only.
    ...(first.line === last.line ? [`col=${first.column}`, `endColumn=${last.column}`] : []),
    `title=${escapeProperty(code)}`,
  ];
  const text = hint === undefined ? message : `${message}\n${hint}`;
  const command = severity === "note" ? "notice" : severity;
  return `::${command} ${properties.join(",")}::${escapeData(text)}`;
}

/** So that a text of a rule can't start a command of its own. */
function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
