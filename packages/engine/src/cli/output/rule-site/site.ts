import type { CompiledItem } from "../../../exceptions/index.ts";
import type { CompiledRule } from "../../../rule-types/index.ts";
import { coverageOf, type Rule } from "../../../rules/index.ts";
import { coverageHtml } from "../coverage/html.ts";
import { escapeHtml } from "../html.ts";
import { rulePage } from "../rule-page/build-page.ts";
import { frameHtml } from "../rule-page/frame.ts";
import { pageHtml } from "../rule-page/html.ts";
import type { Fact } from "../rule-page/page.ts";
import { pageStyle } from "../rule-page/style.ts";
import { type GroupedIndex, groupRules, placeRules, type SiteRule } from "./groups.ts";
import { allPage, groupPage, homePage, indexPage, type SiteFrame } from "./lists.ts";

/** A page of a site: where it is, from the site's folder, and what it holds, made when it is asked for. */
export interface SitePage {
  /** Small letters, digits, hyphens; at most one folder. */
  readonly path: string;
  readonly text: () => string;
}

export interface SiteRules {
  readonly rules: readonly CompiledRule[];
  readonly exceptionsOf: (rule: CompiledRule) => readonly CompiledItem[];
  readonly title: string;
}

/**
 * A set of rules as pages that need no server, no script and no network: one for each rule, lists of them by what they
 * have in common, and the matrix of ATT&CK. The same rules give the same pages, in whatever files they are.
 */
export function ruleSite({ rules, exceptionsOf, title }: SiteRules): readonly SitePage[] {
  const placed = placeRules(rules, exceptionsOf);
  const indexes = groupRules(placed);
  const frame: SiteFrame = { title, navigationOf: (path) => navigationHtml(path, title, indexes) };
  return [
    { path: "index.html", text: () => homePage(placed, indexes, frame) },
    { path: "all.html", text: () => allPage(placed, frame) },
    { path: "matrix.html", text: () => matrixPage(placed, frame) },
    ...indexes.flatMap((grouped) => [
      { path: grouped.path, text: () => indexPage(grouped, frame) },
      ...grouped.groups.map((group) => ({
        path: group.path,
        text: () => groupPage(grouped, group, frame),
      })),
    ]),
    ...rulePages(placed, indexes, frame),
  ];
}

function rulePages(
  rules: readonly SiteRule[],
  indexes: readonly GroupedIndex[],
  { navigationOf }: SiteFrame,
): readonly SitePage[] {
  const paths = groupPaths(indexes);
  const hrefOf = ({ name }: Fact, value: string): string | undefined => {
    const path = paths.get(name)?.get(value);
    return path === undefined ? undefined : `../${path}`;
  };
  return rules.map(({ compiled, exceptions, path }) => ({
    path,
    text: () => {
      const page = rulePage(compiled, exceptions);
      // A site is made to be given on: where its author keeps files is nobody's business.
      const facts = page.facts.filter(({ name }) => name !== "File");
      return pageHtml({ ...page, facts }, { navigation: navigationOf(path), hrefOf });
    },
  }));
}

/** Where the groups of facts are listed: by the fact, then by its value. */
function groupPaths(
  indexes: readonly GroupedIndex[],
): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const paths = new Map<string, Map<string, string>>();
  for (const { index, groups } of indexes) {
    if (index.fact === undefined) continue;
    const ofFact = paths.get(index.fact) ?? new Map<string, string>();
    for (const { name, path } of groups) ofFact.set(name, path);
    paths.set(index.fact, ofFact);
  }
  return paths;
}

/** Rules that are switched off cover nothing, as for `harrier coverage`. */
function matrixPage(rules: readonly SiteRule[], { title, navigationOf }: SiteFrame): string {
  const paths = new Map<Rule, string>(rules.map(({ compiled, path }) => [compiled.rule, path]));
  const coverage = coverageOf([...paths.keys()].filter(({ enabled }) => enabled));
  return coverageHtml(coverage, title, {
    style: `${pageStyle}body { max-width: none; } .cell a { color: inherit; }`,
    hrefOf: (rule) => paths.get(rule),
    frame: (main) => frameHtml(navigationOf("matrix.html"), main),
  });
}

function navigationHtml(path: string, title: string, indexes: readonly GroupedIndex[]): string {
  const root = path.includes("/") ? "../" : "";
  const links = [
    ["index.html", title],
    ["all.html", "All rules"],
    ["matrix.html", "Matrix"],
    ...indexes.map(({ index, path: target }) => [target, index.title] as const),
  ] as const;
  return links
    .map(([target, words]) => {
      const current = target === path ? ' aria-current="page"' : "";
      return `<a href="${root}${target}"${current}>${escapeHtml(words)}</a>`;
    })
    .join("\n");
}
