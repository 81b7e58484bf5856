import { escapeHtml, htmlPage } from "../html.ts";
import { frameHtml } from "../rule-page/frame.ts";
import { countOf, formatCount } from "../units.ts";
import type { GroupedIndex, RuleGroup, SiteRule } from "./groups.ts";
import { listStyle } from "./style.ts";

/** What all pages of a site share. */
export interface SiteFrame {
  /** Hostile: the user's words. */
  readonly title: string;
  /** HTML of the navigation of a page at this path. */
  readonly navigationOf: (path: string) => string;
}

/** Groups of an index that the first page shows; the rest is on the index's own page. */
const groupsShown = 15;

export function homePage(
  rules: readonly SiteRule[],
  indexes: readonly GroupedIndex[],
  frame: SiteFrame,
): string {
  const cards = indexes.map(({ index, path, groups }) => {
    const more =
      groups.length > groupsShown
        ? `<p><a href="${path}">all ${formatCount(groups.length)}</a></p>`
        : "";
    const shown =
      groups.length > groupsShown
        ? [...groups].sort((left, right) => right.rules.length - left.rules.length)
        : groups;
    return `<section aria-labelledby="${index.name}"><h2 id="${index.name}"><a href="${path}">${index.title}</a></h2>
${groupsHtml(shown.slice(0, groupsShown), "", "groups")}${more}</section>`;
  });
  const main = `<h1>${escapeHtml(frame.title)}</h1>
<p class="lead">${countOf(rules.length, "rule")}. <a href="all.html">All of them by name</a>, to search with the browser's own search; the <a href="matrix.html">matrix of ATT&amp;CK</a>.</p>
<div class="cards">
${cards.join("\n")}
</div>`;
  return listPage("index.html", frame.title, main, frame);
}

export function indexPage({ index, path, groups }: GroupedIndex, frame: SiteFrame): string {
  const main = `<h1>${index.title}</h1>
${groupsHtml(groups, "../", "groups wide")}`;
  return listPage(path, index.title, main, frame);
}

export function groupPage({ index }: GroupedIndex, group: RuleGroup, frame: SiteFrame): string {
  const { title, path, rules } = group;
  const main = `<h1>${escapeHtml(title)}</h1>
<p class="lead"><a href="index.html">${index.title}</a>: ${countOf(rules.length, "rule")}</p>
${rulesHtml(rules, "../", ({ rule }) => cut(rule.description))}`;
  return listPage(path, `${title}, ${index.title}`, main, frame);
}

/** Every rule with the words that one may look for: ids, techniques, tags. */
export function allPage(rules: readonly SiteRule[], frame: SiteFrame): string {
  const byLetter = new Map<string, SiteRule[]>();
  for (const rule of rules) {
    const letter = letterOf(rule);
    const of = byLetter.get(letter);
    if (of === undefined) byLetter.set(letter, [rule]);
    else of.push(rule);
  }
  const letters = [...byLetter.keys()].map(
    (letter) => `<li><a href="#${idOf(letter)}">${letter}</a></li>`,
  );
  const parts = [...byLetter].map(
    ([letter, of]) =>
      `<section aria-labelledby="${idOf(letter)}"><h2 id="${idOf(letter)}">${letter}</h2>\n${rulesHtml(of, "", wordsOf)}</section>`,
  );
  const main = `<h1>All rules</h1>
<nav aria-label="Letters"><ul class="letters">${letters.join("")}</ul></nav>
${parts.join("\n")}`;
  return listPage("all.html", "All rules", main, frame);
}

function listPage(path: string, title: string, main: string, frame: SiteFrame): string {
  return htmlPage({
    title: title === frame.title ? title : `${title} - ${frame.title}`,
    style: listStyle,
    body: frameHtml(frame.navigationOf(path), main),
  });
}

function groupsHtml(groups: readonly RuleGroup[], root: string, name: string): string {
  const items = groups.map(
    ({ title, path, rules }) =>
      `<li><a href="${root}${path}">${escapeHtml(title)}</a> <span>${formatCount(rules.length)}</span></li>`,
  );
  return `<ul class="${name}">\n${items.join("\n")}\n</ul>`;
}

function rulesHtml(
  rules: readonly SiteRule[],
  root: string,
  textOf: (rule: SiteRule["compiled"]) => string,
): string {
  const items = rules.map(({ compiled, path }) => {
    const { name, severity, type } = compiled.rule;
    return `<li><a href="${root}${path}">${escapeHtml(name)}</a> <span class="${severity} badge">${severity}</span> <span class="host">${type}</span><p>${escapeHtml(textOf(compiled))}</p></li>`;
  });
  return `<ul class="listed">\n${items.join("\n")}\n</ul>`;
}

function wordsOf({ rule }: SiteRule["compiled"]): string {
  const techniques = rule.threat.flatMap(({ technique }) =>
    technique.flatMap(({ id, subtechnique }) => [id, ...subtechnique.map((each) => each.id)]),
  );
  return oneLine([...new Set(techniques), ...rule.tags, rule.ruleId].join(" · "));
}

const longestDescription = 280;

function cut(text: string): string {
  const line = oneLine(text);
  if (line.length <= longestDescription) return line;
  const start = line.slice(0, longestDescription);
  const blank = start.lastIndexOf(" ");
  return `${blank === -1 ? start : start.slice(0, blank)} …`;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}

/** `A` to `Z`; `#` for all other names. */
function letterOf({ compiled }: SiteRule): string {
  const first = compiled.rule.name.trim().charAt(0).toUpperCase();
  return /[A-Z]/.test(first) ? first : "#";
}

function idOf(letter: string): string {
  return letter === "#" ? "other" : letter.toLowerCase();
}
