import { type GuideInline, type GuideLabel, guideLabels } from "./blocks.ts";

/** `Focus: …`, `**Focus**: …`, `**Focus:** …`: the label, and the text behind it. */
export function readLabel(text: string): {
  readonly label: GuideLabel | undefined;
  readonly text: string;
} {
  const match = /^\**(why|focus|implication|hint)\**:\**\s*/i.exec(text);
  const name = match?.[1]?.toLowerCase();
  const label = guideLabels.find((each) => each === name);
  return { label, text: label === undefined ? text : text.slice(match?.[0].length ?? 0) };
}

/** The same for texts that are parsed: a label at their start becomes one. */
export function splitLabel(texts: readonly GuideInline[]): readonly GuideInline[] {
  const [first, second, ...rest] = texts;
  if (first?.kind === "text") {
    const { label, text } = readLabel(first.text);
    if (label === undefined) return texts;
    return [{ kind: "label", name: label }, ...textOf(text), ...texts.slice(1)];
  }
  if (first?.kind !== "strong" || second?.kind !== "text") return texts;
  const [word, ...others] = first.of;
  if (word?.kind !== "text" || others.length > 0) return texts;
  const { label, text } = readLabel(word.text + second.text);
  return label === undefined ? texts : [{ kind: "label", name: label }, ...textOf(text), ...rest];
}

function textOf(text: string): readonly GuideInline[] {
  return text === "" ? [] : [{ kind: "text", text }];
}
