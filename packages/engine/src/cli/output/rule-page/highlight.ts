import { escapeHtml } from "../html.ts";

/** Words that mean something in one of the query languages. */
const keywords = new Set(
  (
    "and any as asc by desc drop enrich eval false from grok head in in~ is join keep like like~ limit lookup " +
    "maxspan metadata mv_expand not null nulls of on or regex regex~ rename rlike row runs sample sequence sort " +
    "stats tail true until values where with"
  ).split(" "),
);

/**
 * Texts, comments and words, in the spelling that the query languages share. What is not closed ends where the query
 * does: no piece is looked at twice.
 */
const token =
  /"""[\s\S]*?(?:"""|$)|"(?:\\[\s\S]|[^"\\\n])*"?|'(?:\\[\s\S]|[^'\\\n])*'?|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|[\p{L}_@?][\p{L}\p{N}_.]*~?/gu;

/** Longer queries are shown as they are. */
const longest = 100_000;

/** A query as HTML, with texts, comments and keywords marked: enough to find one's way, no more. */
export function highlightQuery(query: string): string {
  if (query.length > longest) return escapeLines(query);
  let html = "";
  let end = 0;
  for (const { 0: text, index } of query.matchAll(token)) {
    const name = classOf(text);
    if (name === undefined) continue;
    html += `${escapeLines(query.slice(end, index))}<span class="${name}">${escapeLines(text)}</span>`;
    end = index + text.length;
  }
  return html + escapeLines(query.slice(end));
}

function classOf(text: string): "text" | "comment" | "keyword" | undefined {
  const first = text.charAt(0);
  if (first === '"' || first === "'") return "text";
  if (first === "/") return "comment";
  return keywords.has(text.toLowerCase()) ? "keyword" : undefined;
}

/** As `escapeHtml`, but lines stay lines. */
export function escapeLines(text: string): string {
  return text
    .replaceAll("\r\n", "\n")
    .replaceAll("\t", "    ")
    .split("\n")
    .map(escapeHtml)
    .join("\n");
}
