import { visibleLines, visibleText } from "./terminal-text.ts";

/** Text that Markdown takes as text, on one line: nothing in it is a link, an image, HTML, a heading or a table's border. */
export function plainMarkdown(text: string): string {
  return escapeMarkdownStart(escapeMarkdown(text.replaceAll(/\s*\n\s*/g, " ").trim()));
}

/** The same within a line, where nothing can be a heading or an item of a list. */
export function escapeMarkdown(text: string): string {
  return (
    visibleText(text)
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(/[\\`*[\]|~]/g, (mark) => `\\${mark}`)
      // In front of a link it would make a picture of it.
      .replace(/!$/, "\\!")
      // Inside a word an underscore is one.
      .replaceAll(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\_")
  );
}

/** What would start a heading, a quote, a list or a rule. */
export function escapeMarkdownStart(text: string): string {
  return text.replace(/^[#>+=-]/, "\\$&").replace(/^(\d+)([.)])/, "$1\\$2");
}

/** Code within a line. */
export function inlineCode(text: string): string {
  const visible = visibleText(text);
  if (visible === "") return "";
  const mark = "`".repeat(longestRun(visible) + 1);
  // Blanks keep backquotes of the text apart from ours; Markdown takes one away on each side.
  const pad = visible.startsWith("`") || visible.endsWith("`") || visible.trim() === "" ? " " : "";
  return `${mark}${pad}${visible}${pad}${mark}`;
}

/** Code within a cell of a table, where borders count in code, too. */
export function cellCode(text: string): string {
  return inlineCode(text).replaceAll("|", "\\|");
}

/** Code that keeps its lines. */
export function fencedCode(text: string): readonly string[] {
  const visible = visibleLines(text);
  const fence = fenceFor(visible);
  return [fence, ...visible.split("\n"), fence];
}

/** More backquotes than any run in the text. */
export function fenceFor(text: string): string {
  return "`".repeat(Math.max(3, longestRun(text) + 1));
}

/** The length of the longest run of backquotes; 0 where there are none. */
function longestRun(text: string): number {
  return (text.match(/`+/g) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0);
}
