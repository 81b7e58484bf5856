import { type Fields, isFields, putKey, type ReadonlyFields } from "../fields.ts";

/** A scalar as text; `undefined` for what is absent, empty or no scalar. */
export function scalarText(value: unknown): string | undefined {
  if (typeof value === "string") return value === "" ? undefined : value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

export function scalarNumber(value: unknown): number | undefined {
  const text = scalarText(value);
  if (text === undefined || text.trim() === "") return undefined;
  const number = Number(text);
  return Number.isFinite(number) ? number : undefined;
}

/** EventData as the pipelines see it: text, line breaks as `\n`, what is empty dropped. Lists keep their texts. */
export function cleanData(
  source: ReadonlyFields,
  isData: (key: string) => boolean = () => true,
): Fields {
  const data: Fields = {};
  for (const key of Object.keys(source)) {
    if (!isData(key)) continue;
    const value = cleanValue(source[key]);
    if (value !== undefined) putKey(data, key, value);
  }
  return data;
}

/** A value of EventData, see `cleanData`; `undefined` where nothing is left of it. */
export function cleanValue(value: unknown): unknown {
  const text = scalarText(value);
  if (text !== undefined) return text.includes("\r") ? text.replaceAll("\r\n", "\n") : text;
  if (Array.isArray(value)) return value.map(cleanValue).filter((item) => item !== undefined);
  return isFields(value) ? cleanData(value) : undefined;
}

const levels: ReadonlyMap<string, string> = new Map(
  Object.entries({
    0: "information",
    1: "critical",
    2: "error",
    3: "warning",
    4: "information",
    5: "verbose",
    info: "information",
    debug: "verbose",
  }),
);

/** The level's name in lower case, from its number, or from a name as NXLog and Windows write it. */
export function levelOf(value: unknown): string | undefined {
  const text = scalarText(value)?.toLowerCase();
  return text === undefined ? undefined : (levels.get(text) ?? text);
}

const opcodes: ReadonlyMap<string, string> = new Map(
  Object.entries({ 0: "Info", 1: "Start", 2: "Stop" }),
);

export function opcodeOf(value: unknown): string | undefined {
  const text = scalarText(value);
  return text === undefined ? undefined : (opcodes.get(text) ?? text);
}

const failureBit = 0x10000000000000n;
const successBit = 0x20000000000000n;

/** Audit success or failure by the bits of Keywords: hex text, a signed 64-bit number, or names. */
export function outcomeOf(keywords: unknown): "success" | "failure" | undefined {
  if (Array.isArray(keywords)) {
    if (keywords.includes("Audit Failure")) return "failure";
    return keywords.includes("Audit Success") ? "success" : undefined;
  }
  const bits = keywordBits(keywords);
  if (bits === undefined) return undefined;
  if ((bits & failureBit) !== 0n) return "failure";
  return (bits & successBit) !== 0n ? "success" : undefined;
}

/** A number is taken as the double it is: its decimal text would round the low bits of the top ones away. */
function keywordBits(keywords: unknown): bigint | undefined {
  if (typeof keywords === "number" && Number.isInteger(keywords)) {
    return BigInt.asUintN(64, BigInt(keywords));
  }
  const isWritten =
    typeof keywords === "string" && /^(0x[0-9a-f]{1,16}|-?\d{1,20})$/i.test(keywords);
  return isWritten ? BigInt.asUintN(64, BigInt(keywords)) : undefined;
}

/** `winlog.keywords`, as far as names are known without the message table. */
export function keywordsOf(
  outcome: "success" | "failure" | undefined,
): readonly string[] | undefined {
  if (outcome === undefined) return undefined;
  return [outcome === "success" ? "Audit Success" : "Audit Failure"];
}
