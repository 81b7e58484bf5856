import { readFile, writeFile } from "node:fs/promises";
import { type Diagnostic, outermostSpan, type TextEdit } from "@harrier/lang/text";
import { OutputError } from "./exit.ts";

/**
 * Writes the edits of the findings into their files. Of edits that touch the same place only those of the first finding
 * are made. Throws `OutputError` for a file that has changed since it was read. Gives the number of findings mended.
 */
export async function applyFixes(findings: readonly Diagnostic[]): Promise<number> {
  const byFile = new Map<string, { readonly text: string; readonly edits: PlacedEdit[] }>();
  let mended = 0;
  for (const { fix = [] } of findings) {
    const edits = fix.map(placeEdit);
    const isFree = edits.every(
      (edit) => !byFile.get(edit.file)?.edits.some((other) => overlap(edit, other)),
    );
    if (edits.length === 0 || !isFree) continue;
    for (const edit of edits) {
      const file = byFile.get(edit.file) ?? { text: edit.fileText, edits: [] };
      byFile.set(edit.file, file);
      file.edits.push(edit);
    }
    mended += 1;
  }
  for (const [path, { text, edits }] of byFile) await rewrite(path, text, edits);
  return mended;
}

interface PlacedEdit {
  readonly file: string;
  readonly fileText: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

function placeEdit({ span, text }: TextEdit): PlacedEdit {
  const { source, start, end } = outermostSpan(span);
  return { file: source.name, fileText: source.text, start, end, text };
}

function overlap(edit: PlacedEdit, other: PlacedEdit): boolean {
  return edit.start < other.end && other.start < edit.end;
}

async function rewrite(path: string, before: string, edits: readonly PlacedEdit[]): Promise<void> {
  const onDisk = await readFile(path, "utf8");
  // What was read has no byte order mark.
  const mark = onDisk.startsWith("\ufeff") && !before.startsWith("\ufeff") ? "\ufeff" : "";
  if (onDisk !== mark + before) throw new OutputError(`${path} was changed while it was checked`);
  const parts: string[] = [mark];
  let end = 0;
  for (const edit of [...edits].sort((left, right) => left.start - right.start)) {
    parts.push(before.slice(end, edit.start), edit.text);
    end = edit.end;
  }
  await writeFile(path, parts.join("") + before.slice(end));
}
