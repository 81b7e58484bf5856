import type { GuideBlock, GuideInline, GuideRow } from "../../../triage/index.ts";
import { escapeHtml } from "../html.ts";
import { linkOf, showsHost } from "../web-link.ts";
import { describeButton } from "./describe-button.ts";
import { headingShift, plainText } from "./guide-lines.ts";
import { escapeLines } from "./highlight.ts";

/** A guide as HTML. `depth` is the level of the heading that it stands below. */
export function guideHtml(blocks: readonly GuideBlock[], depth: number): string {
  const shift = headingShift(blocks) + depth;
  let isSteps = false;
  return blocks
    .map((block) => {
      if (block.kind === "heading") isSteps = block.role === "steps";
      return blockHtml(block, shift, isSteps);
    })
    .join("\n");
}

function blockHtml(block: GuideBlock, shift: number, isSteps: boolean): string {
  switch (block.kind) {
    case "heading": {
      const tag = `h${Math.min(6, block.level + shift)}`;
      return `<${tag}>${inlineHtml(block.of)}</${tag}>`;
    }
    case "paragraph":
      return paragraphHtml(block);
    case "list": {
      const items = block.items.map((item) => `<li>${itemHtml(item, shift)}</li>`).join("\n");
      if (isSteps) return `<ol class="steps">\n${items}\n</ol>`;
      if (block.start === undefined) return `<ul>\n${items}\n</ul>`;
      return `<ol start="${block.start}">\n${items}\n</ol>`;
    }
    case "quote":
      return `<blockquote>${itemHtml(block.of, shift)}</blockquote>`;
    case "code":
      return `<pre><code>${escapeLines(block.text)}</code></pre>`;
    case "table":
      return tableHtml(block.head, block.rows);
    case "rule":
      return "<hr>";
    default:
      return block satisfies never;
  }
}

function itemHtml(blocks: readonly GuideBlock[], shift: number): string {
  return blocks.map((block) => blockHtml(block, shift, false)).join("\n");
}

/** Buttons stand below the text that they are in. */
function paragraphHtml({ of, isTight }: Extract<GuideBlock, { kind: "paragraph" }>): string {
  const text = inlineHtml(of).trim();
  const [label] = of;
  const name = label?.kind === "label" ? ` class="${label.name}"` : "";
  const open = isTight && name === "" ? "" : `<p${name}>`;
  const shown = text === "" ? "" : `${open}${text}${open === "" ? "" : "</p>"}`;
  return shown + of.map((each) => (each.kind === "button" ? buttonHtml(each) : "")).join("");
}

function tableHtml(head: GuideRow, rows: readonly GuideRow[]): string {
  const cells = (row: GuideRow, open: string, close: string) =>
    row.map((cell) => `${open}${inlineHtml(cell)}${close}`).join("");
  const body = rows.map((row) => `<tr>${cells(row, "<td>", "</td>")}</tr>`).join("\n");
  return `<div class="table" tabindex="0" role="region" aria-label="Table"><table>
<thead><tr>${cells(head, '<th scope="col">', "</th>")}</tr></thead>
<tbody>
${body}
</tbody></table></div>`;
}

function inlineHtml(of: readonly GuideInline[]): string {
  return of.map(oneInline).join("");
}

function oneInline(inline: GuideInline): string {
  switch (inline.kind) {
    case "text":
      return escapeHtml(inline.text);
    case "code":
      return `<code>${escapeHtml(inline.text)}</code>`;
    case "emphasis":
      return `<em>${inlineHtml(inline.of)}</em>`;
    case "strong":
      return `<strong>${inlineHtml(inline.of)}</strong>`;
    case "struck":
      return `<s>${inlineHtml(inline.of)}</s>`;
    case "link":
      return linkHtml(inline.target, { inner: inlineHtml(inline.of), text: plainText(inline.of) });
    case "label":
      return `<b class="label">${inline.name}</b> `;
    case "break":
      return "<br>";
    case "button":
      return "";
    default:
      return inline satisfies never;
  }
}

/**
 * A link with the host that it leads to, where neither its text shows the address nor `expectedHost` says it. `inner` is
 * HTML, of `text`.
 */
export function linkHtml(
  target: string,
  { inner, text = "", expectedHost = "" }: LinkWords,
): string {
  const link = linkOf(target);
  if (link === undefined) return text === target ? inner : `${inner} (${escapeHtml(target)})`;
  const open = `<a href="${escapeHtml(link.href)}" rel="noopener noreferrer">${inner}</a>`;
  if (link.host === expectedHost || showsHost(text, link)) return open;
  return `${open} <span class="host">(${escapeHtml(link.host)})</span>`;
}

interface LinkWords {
  readonly inner: string;
  readonly text?: string;
  readonly expectedHost?: string;
}

function buttonHtml({ button, problem }: Extract<GuideInline, { kind: "button" }>): string {
  const { label, description, range, groups, code } = describeButton(button, problem);
  const parts = [
    `<p><b>${escapeHtml(label)}</b>${range === "" ? "" : ` <span class="range">${escapeHtml(range)}</span>`}</p>`,
    description === "" ? "" : `<p>${escapeHtml(description)}</p>`,
    groups
      .map(
        (group) =>
          `<ul>${group.map((each) => `<li><code>${escapeHtml(each)}</code></li>`).join("")}</ul>`,
      )
      .join("<p>or</p>"),
    code === "" ? "" : `<pre><code>${escapeLines(code)}</code></pre>`,
  ];
  return `<div class="button ${button.kind}">${parts.join("")}</div>`;
}
