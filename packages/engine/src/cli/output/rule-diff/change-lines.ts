import type { ClauseChange, FieldChange, Stretch } from "../../../rules/index.ts";

/** A line of a comparison: what came, what went, or what stands around. */
export interface ChangeLine {
  readonly mark: "+" | "-" | " ";
  /** On one line, not yet made visible. */
  readonly text: string;
}

/** Equal lines shown before and after a change. */
const linesAround = 2;

/** What changed in a field, below its name. */
export function changeLines(change: FieldChange): readonly ChangeLine[] {
  switch (change.kind) {
    case "value":
      return [...valueLines("-", change.before), ...valueLines("+", change.after)];
    case "items":
      if (change.added.length === 0 && change.removed.length === 0) {
        return [{ mark: " ", text: "only in another order" }];
      }
      return [...marked("-", change.removed), ...marked("+", change.added)];
    case "lines":
      return change.stretches.flatMap((stretch, index) =>
        stretchLines(stretch, index === 0, index === change.stretches.length - 1),
      );
    case "clauses":
      if (change.clauses.length === 0) return [{ mark: " ", text: "asks the same" }];
      return change.clauses.flatMap(clauseLines);
    default:
      return change satisfies never;
  }
}

function valueLines(mark: "+" | "-", value: unknown): readonly ChangeLine[] {
  if (value === undefined) return [];
  return [{ mark, text: typeof value === "string" ? value : JSON.stringify(value) }];
}

function clauseLines({ within, added, removed }: ClauseChange): readonly ChangeLine[] {
  if (within.length === 0) return [...marked("-", removed), ...marked("+", added)];
  const inside = (texts: readonly string[]) => texts.map((text) => `  ${text}`);
  return [
    { mark: " ", text: within.join(" > ") },
    ...marked("-", inside(removed)),
    ...marked("+", inside(added)),
  ];
}

function stretchLines(
  { isSame, before, after }: Stretch<string>,
  isFirst: boolean,
  isLast: boolean,
): readonly ChangeLine[] {
  if (!isSame) return [...marked("-", before), ...marked("+", after)];
  const head = isFirst ? [] : before.slice(0, linesAround);
  const tail = isLast ? [] : before.slice(Math.max(head.length, before.length - linesAround));
  const isCut = head.length + tail.length < before.length;
  const gap = isCut && head.length > 0 && tail.length > 0 ? ["..."] : [];
  return marked(" ", [...head, ...gap, ...tail]);
}

function marked(mark: ChangeLine["mark"], texts: readonly string[]): readonly ChangeLine[] {
  return texts.map((text) => ({ mark, text }));
}
