import { escapeHtml, htmlPage } from "../html.ts";
import { frameHtml } from "./frame.ts";
import { guideHtml, linkHtml } from "./guide-html.ts";
import { highlightQuery } from "./highlight.ts";
import type {
  Fact,
  PageException,
  PageField,
  PageSection,
  PageTechnique,
  RulePage,
} from "./page.ts";
import { pageStyle } from "./style.ts";

/** What a page of a site has besides the rule. */
export interface PageSurroundings {
  /** HTML of ours above the page. */
  readonly navigation: string;
  /** The page of the other rules with the same value of a fact, relative to this one. */
  readonly hrefOf: (fact: Fact, value: string) => string | undefined;
}

/** Where techniques are described. */
const attackHost = "attack.mitre.org";

const alone: PageSurroundings = { navigation: "", hrefOf: () => undefined };

/** The page as one file that works offline: no script, nothing to fetch. */
export function pageHtml(page: RulePage, surroundings: PageSurroundings = alone): string {
  const contents = page.sections
    .map(({ title }) => `<li><a href="#${idOf(title)}">${title}</a></li>`)
    .join("");
  const main = `<h1>${escapeHtml(page.title)}</h1>
<p class="lead">${escapeHtml(page.lead.replaceAll(/\s*\n\s*/g, " "))}</p>
<div class="rule">
<section class="facts" aria-labelledby="facts"><h2 id="facts">Facts</h2>
<dl>
${page.facts.map((fact) => factHtml(fact, surroundings)).join("\n")}
</dl></section>
<div class="sections">
<nav class="contents" aria-label="On this page"><ul>${contents}</ul></nav>
${page.sections.map(sectionHtml).join("\n")}
</div>
</div>`;
  return htmlPage({
    title: page.title,
    style: pageStyle,
    body: frameHtml(surroundings.navigation, main),
  });
}

/** Titles of sections are ours. */
function idOf(title: string): string {
  return title.toLowerCase().replaceAll(" ", "-");
}

function factHtml(fact: Fact, { hrefOf }: PageSurroundings): string {
  const { name, values } = fact;
  const [first = ""] = values;
  const shown = values.map((value) => valueHtml(fact, value, hrefOf(fact, value)));
  const all =
    shown.length === 1
      ? shown[0]
      : `<ul>${shown.map((value) => `<li>${value}</li>`).join("")}</ul>`;
  const mark = name === "Severity" ? ` class="severity ${first}"` : "";
  return `<div${mark}><dt>${name}</dt><dd>${all}</dd></div>`;
}

function valueHtml({ isCode }: Fact, value: string, href: string | undefined): string {
  const text = isCode === true ? `<code>${escapeHtml(value)}</code>` : escapeHtml(value);
  return href === undefined ? text : `<a href="${escapeHtml(href)}">${text}</a>`;
}

function sectionHtml(section: PageSection): string {
  const id = idOf(section.title);
  return `<section aria-labelledby="${id}"><h2 id="${id}">${section.title}</h2>
${bodyHtml(section)}
</section>`;
}

function bodyHtml({ body }: PageSection): string {
  switch (body.kind) {
    case "code":
      return `<pre class="query"><code>${highlightQuery(body.text)}</code></pre>`;
    case "guide":
      return `<div class="guide">${guideHtml(body.blocks, 2)}</div>`;
    case "list":
      return listHtml(body.items.map(escapeHtml));
    case "addresses":
      return listHtml(
        body.items.map((item) => linkHtml(item, { inner: escapeHtml(item), text: item })),
      );
    case "techniques":
      return `<div class="techniques">${techniquesHtml(body.items)}</div>`;
    case "fields":
      return fieldsHtml(body.items);
    case "exceptions":
      return listHtml(body.items.map(exceptionHtml));
    default:
      return body satisfies never;
  }
}

function listHtml(items: readonly string[]): string {
  return `<ul>\n${items.map((item) => `<li>${item}</li>`).join("\n")}\n</ul>`;
}

function techniquesHtml(items: readonly PageTechnique[]): string {
  return listHtml(
    items.map(({ id, name, reference, successor, below }) => {
      const words = escapeHtml(`${id} ${name}`);
      const shown =
        reference === "" ? words : linkHtml(reference, { inner: words, expectedHost: attackHost });
      const today =
        successor === undefined
          ? ""
          : ` <span class="host">now ${escapeHtml(`${successor.id} ${successor.name}`)}</span>`;
      return `${shown}${today}${below.length === 0 ? "" : techniquesHtml(below)}`;
    }),
  );
}

function fieldsHtml(items: readonly PageField[]): string {
  const rows = items.map(
    ({ name, type, isEcs }) =>
      `<tr><td><code>${escapeHtml(name)}</code></td><td>${escapeHtml(type)}</td><td>${isEcs === false ? "not of ECS" : ""}</td></tr>`,
  );
  return `<table class="fields"><thead><tr><th scope="col">Field</th><th scope="col">Type</th><th scope="col">Note</th></tr></thead>
<tbody>
${rows.join("\n")}
</tbody></table>`;
}

function exceptionHtml({ name, conditions, limits }: PageException): string {
  const about =
    limits.length === 0 ? "" : ` <span class="host">${escapeHtml(limits.join(", "))}</span>`;
  const items = conditions.map((each) => `<code>${escapeHtml(each)}</code>`);
  return `<b>${escapeHtml(name)}</b>${about}${listHtml(items)}`;
}
