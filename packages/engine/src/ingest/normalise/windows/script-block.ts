import { type Fields, setField } from "../fields.ts";

/**
 * The text of a script block and the measures that rules use (ecs-mapping 5): taken of the text
 * without its signature, NFC-normalised, in UTF-16 units. Parts of a large script are joined elsewhere: `ScriptParts`.
 */
export function setScriptBlock(document: Fields, written: string): void {
  const text = written.trim();
  setField(document, "powershell.file.script_block_text", text);
  const measured = withoutSignature(text).normalize("NFC");
  if (measured === "") return;
  const counts = new Map<number, number>();
  for (let index = 0; index < measured.length; index += 1) {
    const unit = measured.charCodeAt(index);
    counts.set(unit, (counts.get(unit) ?? 0) + 1);
  }
  const { entropy, deviation } = surprisalOf(counts, measured.length);
  const set = (name: string, value: number) =>
    setField(document, `powershell.file.script_block_${name}`, value);
  set("length", measured.length);
  set("unique_symbols", counts.size);
  set("entropy_bits", entropy);
  set("entropy_normalized", measured.length > 1 ? entropy / Math.log2(measured.length) : 0);
  set("surprisal_stdev", deviation);
}

/** Mean (Shannon's entropy, bits) and standard deviation of how unexpected the symbols of a text are. */
function surprisalOf(
  counts: ReadonlyMap<number, number>,
  length: number,
): { entropy: number; deviation: number } {
  let entropy = 0;
  let square = 0;
  for (const count of counts.values()) {
    const share = count / length;
    const surprisal = -Math.log2(share);
    entropy += share * surprisal;
    square += share * surprisal * surprisal;
  }
  return { entropy, deviation: Math.sqrt(Math.max(0, square - entropy * entropy)) };
}

const signatureStart = "# SIG # Begin signature block";

/** Without the signature at the end. A piece of a large script may hold nothing but lines of one. */
function withoutSignature(text: string): string {
  const at = text.indexOf(signatureStart);
  const rest = (at < 0 ? text : text.slice(0, at)).trim();
  const isSignature = rest.split("\n").every((line) => /^# [A-Za-z0-9+/=]{0,80}\s*$/.test(line));
  return isSignature && rest !== "" && rest.includes("\n") ? "" : rest;
}
