import type { Schema } from "@harrier/lang/ecs";
import type { GuideLabel } from "./blocks.ts";
import type {
  Guide,
  GuideButton,
  GuideProblem,
  GuideSection,
  GuideStep,
  SectionRole,
} from "./guide.ts";
import { buttonToken, makeMarkdown, type Token } from "./markdown.ts";
import { readButton } from "./read-button.ts";
import { readLabel } from "./read-label.ts";
import { scanPlugin } from "./scan-plugin.ts";
import { sectionRole } from "./section-role.ts";

/** Markdown's parser nests as deep as its text; what is deeper is text. */
const markdown = makeMarkdown();

/**
 * Reads a guide with its `[transform]` already rendered into it. Any text is a guide: what is not understood stays as
 * text, with a problem where somebody meant more. What stands in back-quotes is a field where the schema knows it.
 */
export function parseGuide(note: string, schema: Schema): Guide {
  const tokens = markdown.parse(note, {});
  const reading = new Reading();
  const sections = readSections(note, tokens);
  const steps: GuideStep[] = [];
  let role: SectionRole = "other";
  for (const [index, token] of tokens.entries()) {
    if (token.type === "heading_open") role = sectionRole(tokens[index + 1]?.content ?? "");
    else if (token.type === "list_item_open" && token.level === 1 && role === "steps") {
      steps.push(readStep(tokens, index, reading, schema));
    } else if (token.type === "inline") reading.note(token);
  }
  return { sections, steps, buttons: reading.buttons, problems: reading.problems };
}

/** The buttons and problems met so far. A piece of text is noted once, however often it is read. */
class Reading {
  readonly buttons: GuideButton[] = [];
  readonly problems: GuideProblem[] = [];
  readonly #known = new Map<Token, readonly number[]>();

  /** The places of the text's buttons. */
  note(inline: Token): readonly number[] {
    const known = this.#known.get(inline);
    if (known !== undefined) return known;
    const places: number[] = [];
    for (const child of inline.children ?? []) {
      if (child.type === buttonToken) places.push(this.#addButton(child.content));
      else if (child.type === "text") this.#findPlaceholders(child.content);
    }
    this.#known.set(inline, places);
    return places;
  }

  #addButton(text: string): number {
    const plugin = scanPlugin(text, 0);
    if (plugin === undefined) throw new Error("a button token is a button");
    const { button, problem } = readButton(plugin, text);
    if (problem !== undefined) {
      const message = `this \`${plugin.name}\` is no button: ${problem}`;
      this.problems.push({ code: "broken-button", message, text: text.slice(0, 200) });
    }
    return this.buttons.push(button) - 1;
  }

  /** `$investigate_3` that no entry of `[transform]` replaced stays as it is. */
  #findPlaceholders(text: string): void {
    for (const [placeholder] of text.matchAll(/\$(?:investigate|osquery)_\d{1,6}/g)) {
      this.problems.push({
        code: "unknown-placeholder",
        message: `${placeholder} stands for nothing`,
        hint: "the rule's `[transform]` has no such entry; the first is number 0",
        text: placeholder,
      });
    }
  }
}

function readSections(note: string, tokens: readonly Token[]): readonly GuideSection[] {
  const lines = note.split("\n");
  const heads = tokens.flatMap((token, index) =>
    token.type === "heading_open" && token.level === 0 && token.map
      ? [
          {
            level: Number(token.tag.slice(1)),
            heading: tokens[index + 1]?.content ?? "",
            map: token.map,
          },
        ]
      : [],
  );
  const textOf = (from: number, to: number): string => lines.slice(from, to).join("\n").trim();
  const before = textOf(0, heads[0]?.map[0] ?? lines.length);
  const first: GuideSection[] =
    before === "" ? [] : [{ role: "other", heading: "", level: 0, text: before }];
  return [
    ...first,
    ...heads.map(({ level, heading, map }, index): GuideSection => {
      const text = textOf(map[1], heads[index + 1]?.map[0] ?? lines.length);
      return { role: sectionRole(heading), heading, level, text };
    }),
  ];
}

/** The item at `start`: its own text first, then the items below it, whatever their depth. */
function readStep(
  tokens: readonly Token[],
  start: number,
  reading: Reading,
  schema: Schema,
): GuideStep {
  const texts: Token[] = [];
  const level = tokens[start]?.level ?? 0;
  for (let at = start + 1; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined || (token.type === "list_item_close" && token.level === level)) break;
    if (token.type === "inline") texts.push(token);
  }
  const [own, ...below] = texts;
  const labelled: Record<GuideLabel, string[]> = { why: [], focus: [], implication: [], hint: [] };
  const more: string[] = [];
  for (const token of below) {
    const { label, text } = readLabel(textOf(token));
    if (label === undefined) more.push(text);
    else labelled[label].push(text);
  }
  return {
    question: own === undefined ? "" : textOf(own),
    ...labelled,
    more,
    fields: [...new Set(texts.flatMap(namesIn))].filter(
      (name) => schema.typeOf(name) !== undefined,
    ),
    buttons: texts.flatMap((token) => reading.note(token)),
  };
}

/** The text as Markdown without its buttons. */
function textOf(inline: Token): string {
  const buttons = (inline.children ?? []).filter(({ type }) => type === buttonToken);
  let text = inline.content;
  for (const { content } of buttons) text = text.replace(content, () => "");
  return text.replace(/[ \t]+/g, " ").trim();
}

function namesIn(inline: Token): readonly string[] {
  return (inline.children ?? [])
    .filter(({ type }) => type === "code_inline")
    .map(({ content }) => content);
}
