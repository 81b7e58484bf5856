import {
  attackNotice,
  attackVersion,
  type Coverage,
  type CoverageCell,
  type CoverageColumn,
  type Rule,
} from "../../../rules/index.ts";
import { escapeHtml, htmlPage } from "../html.ts";
import { countOf, formatCount } from "../units.ts";

const style = `
.matrix { display: grid; grid-auto-flow: column; grid-auto-columns: minmax(11rem, 1fr); gap: .5rem; overflow-x: auto; align-items: start; }
.matrix h2 { font-size: .95rem; margin: 0 0 .4rem; }
.matrix h2 small { display: block; font-weight: normal; }
.cell { border: 1px solid var(--line); border-radius: 3px; margin-bottom: 4px; padding: 2px 5px; font-size: .8rem; }
.cell summary { cursor: pointer; list-style: none; display: flex; justify-content: space-between; gap: .4rem; }
.cell ul { margin: .2rem 0 .2rem 1rem; padding: 0; }
.l0 { color: var(--quiet); }
.l1 { background: var(--level1); } .l2 { background: var(--level2); } .l3 { background: var(--level3); color: var(--on3); }
`;

/** What a page of a site has besides the matrix. */
export interface MatrixSurroundings {
  readonly style: string;
  /** The page of a rule. */
  readonly hrefOf: (rule: Rule) => string | undefined;
  /** Puts what the site has around it. */
  readonly frame: (main: string) => string;
}

const alone: MatrixSurroundings = { style: "", hrefOf: () => undefined, frame: (main) => main };

/** The matrix as one page without script: darker is more rules, the number says how many. */
export function coverageHtml(
  coverage: Coverage,
  title: string,
  { style: more, hrefOf, frame }: MatrixSurroundings = alone,
): string {
  const nameOf = (rule: Rule): string => {
    const href = hrefOf(rule);
    const name = escapeHtml(rule.name);
    return href === undefined ? name : `<a href="${escapeHtml(href)}">${name}</a>`;
  };
  const { columns, covered, total, outdated, unmapped } = coverage;
  const share = total === 0 ? 0 : Math.round((covered / total) * 100);
  const body = `<h1>ATT&amp;CK coverage: ${escapeHtml(title)}</h1>
<p>${formatCount(covered)} of ${countOf(total, "technique")} (${share} %), ATT&amp;CK ${escapeHtml(attackVersion)}. A number is how many rules name the technique or one below it; 1 to 2, 3 to 9, 10 and more are shaded.</p>
<div class="matrix" tabindex="0" role="region" aria-label="Matrix">
${columns.map((column) => columnHtml(column, nameOf)).join("\n")}
</div>
${listHtml(
  "Ids that ATT&CK does not have, or no longer",
  outdated.map(({ rule, id, successor }) => {
    const today = successor === undefined ? "unknown" : `now ${successor.id} ${successor.name}`;
    return `${escapeHtml(`${id} (${today}): `)}${nameOf(rule)}`;
  }),
)}
${listHtml("Rules without a technique", unmapped.map(nameOf))}
<footer>${escapeHtml(attackNotice)}</footer>`;
  return htmlPage({
    title: `ATT&CK coverage: ${title}`,
    style: more + style,
    body: frame(body),
  });
}

function columnHtml(
  { tactic, cells, covered }: CoverageColumn,
  nameOf: (rule: Rule) => string,
): string {
  return `<section><h2>${escapeHtml(tactic.name)}<small>${covered} of ${cells.length}</small></h2>
${cells.map((cell) => cellHtml(cell, nameOf)).join("\n")}</section>`;
}

function cellHtml(cell: CoverageCell, nameOf: (rule: Rule) => string): string {
  const { technique, rules, below } = cell;
  const head = `<span>${escapeHtml(technique.name)}</span><b>${rules.length === 0 ? "–" : formatCount(rules.length)}</b>`;
  const hint = `title="${escapeHtml(technique.id)}"`;
  if (rules.length === 0)
    return `<div class="cell l0" ${hint}><div class="none">${escapeHtml(technique.name)}</div></div>`;
  const belowLines = below
    .filter((each) => each.rules.length > 0)
    .map(
      (each) =>
        `<li>${escapeHtml(`${each.technique.id} ${each.technique.name}`)}: ${each.rules.length}</li>`,
    );
  const names = rules.map((rule) => `<li>${nameOf(rule)}</li>`);
  const subs = belowLines.length === 0 ? "" : `<ul>${belowLines.join("")}</ul>`;
  return `<details class="cell ${shadeOf(rules.length)}" ${hint}><summary>${head}</summary>${subs}<ul>${names.join("")}</ul></details>`;
}

function shadeOf(count: number): string {
  if (count >= 10) return "l3";
  return count >= 3 ? "l2" : "l1";
}

/** The lines are HTML. */
function listHtml(title: string, lines: readonly string[]): string {
  if (lines.length === 0) return "";
  const items = lines.map((line) => `<li>${line}</li>`).join("\n");
  return `<details><summary>${escapeHtml(title)}: ${formatCount(lines.length)}</summary><ul>${items}</ul></details>`;
}
