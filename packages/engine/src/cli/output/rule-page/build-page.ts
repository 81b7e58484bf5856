import type { CompiledItem } from "../../../exceptions/index.ts";
import type { CompiledRule } from "../../../rule-types/index.ts";
import {
  findTechnique,
  type Rule,
  type Threat,
  type ThreatReference,
} from "../../../rules/index.ts";
import { readBlocks } from "../../../triage/index.ts";
import { describeException } from "./describe-exception.ts";
import { ruleFacts } from "./facts.ts";
import type { PageSection, PageTechnique, RulePage, SectionBody } from "./page.ts";
import { fieldsRead } from "./plan-conditions.ts";
import { textParameters } from "./text-parameters.ts";

/** The page of a rule, with the exceptions that keep events from it. */
export function rulePage(compiled: CompiledRule, exceptions: readonly CompiledItem[]): RulePage {
  const { rule } = compiled;
  const sections: readonly PageSection[] = [
    section("Query", code(rule.query?.text)),
    section("Filters", filters(rule.filters)),
    section("Indicators", code(rule.threatMatch?.query.text)),
    section("Filters of indicators", filters(rule.threatMatch?.filters ?? [])),
    section("Exceptions", { kind: "exceptions", items: exceptions.map(describeException) }),
    section("Investigation guide", markdown(rule.note)),
    section("False positives", { kind: "list", items: textParameters(rule, "false_positives") }),
    section("Setup", withoutTitle("Setup", markdown(rule.setup))),
    section("Threat", { kind: "techniques", items: rule.threat.map(tacticOf) }),
    section("Fields", { kind: "fields", items: fieldsRead(compiled) }),
    section("References", { kind: "addresses", items: textParameters(rule, "references") }),
  ];
  return {
    title: rule.name,
    lead: rule.description.trim(),
    facts: ruleFacts(compiled),
    sections: sections.filter(({ body }) => !isEmpty(body)),
  };
}

function section(title: string, body: SectionBody): PageSection {
  return { title, body };
}

function isEmpty(body: SectionBody): boolean {
  switch (body.kind) {
    case "code":
      return body.text === "";
    case "guide":
      return body.blocks.length === 0;
    default:
      return body.items.length === 0;
  }
}

function code(text = ""): SectionBody {
  // Blank lines around are the file's layout, blanks before the first word are the query's.
  return { kind: "code", text: text.replace(/^(?:[ \t]*\r?\n)+/, "").trimEnd() };
}

function filters(list: Rule["filters"]): SectionBody {
  return code(list.map((filter) => JSON.stringify(filter, null, 2)).join("\n"));
}

function markdown(text = ""): Extract<SectionBody, { kind: "guide" }> {
  return { kind: "guide", blocks: readBlocks(text) };
}

/** Many texts begin with the title that their section has already. */
function withoutTitle(
  title: string,
  { kind, blocks }: Extract<SectionBody, { kind: "guide" }>,
): SectionBody {
  const [first, ...rest] = blocks;
  if (first?.kind !== "heading" || first.of.length !== 1) return { kind, blocks };
  const [words] = first.of;
  const isSame = words?.kind === "text" && words.text.trim().toLowerCase() === title.toLowerCase();
  return { kind, blocks: isSame ? rest : blocks };
}

function tacticOf({ tactic, technique }: Threat): PageTechnique {
  const below = technique.map((each) => ({
    ...techniqueOf(each),
    below: each.subtechnique.map(techniqueOf),
  }));
  return { ...named(tactic), below };
}

function techniqueOf(reference: ThreatReference): PageTechnique {
  const found = findTechnique(reference.id);
  const page = { ...named(reference), below: [] };
  return found.kind === "revoked" ? { ...page, successor: found.successor } : page;
}

function named({ id, name, reference }: ThreatReference): Omit<PageTechnique, "below"> {
  return { id, name, reference };
}
