import type {
  GuideButton,
  InvestigateButton,
  Provider,
  ProviderTest,
  TemplateValue,
} from "./guide.ts";
import type { PluginMatch } from "./scan-plugin.ts";
import { readTemplate } from "./template.ts";

/** Why what was written is no button. */
class ButtonError extends Error {}

/** What became of a button as written, and what is wrong with it. */
export interface ReadButton {
  readonly button: GuideButton;
  readonly problem?: string;
}

/** Reads a button after detection-semantics 8.2 and 8.6, older forms among them. Never throws. */
export function readButton({ name, body }: PluginMatch, text: string): ReadButton {
  try {
    const value = readJson(body);
    return { button: name === "osquery" ? readOsquery(value) : readInvestigate(value) };
  } catch (error) {
    if (!(error instanceof ButtonError)) throw error;
    return { button: { kind: "broken", text }, problem: error.message };
  }
}

type JsonObject = Readonly<Record<string, unknown>>;

function readJson(body: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw new ButtonError("what stands between its braces is not JSON");
  }
  return objectOf(value, "what stands between its braces");
}

function readOsquery(value: JsonObject) {
  const { label, query } = value;
  return { kind: "osquery", label: textOf(label, "label"), query: textOf(query, "query") } as const;
}

function readInvestigate(value: JsonObject): InvestigateButton {
  const { label, description = "", providers, relativeFrom, relativeTo } = value;
  const lists = listOf(providers, "providers");
  // The oldest guides have one list: all of its conditions must hold.
  const groups = lists.every(Array.isArray) ? lists : [lists];
  const range = readRange(relativeFrom, relativeTo);
  return {
    kind: "investigate",
    label: textOf(label, "label"),
    description: typeof description === "string" ? description : "",
    groups: groups.map((group) =>
      listOf(group, "a group of providers").map((each) =>
        readProvider(objectOf(each, "a provider")),
      ),
    ),
    ...(range !== undefined && { range }),
  };
}

/** Both ends or none: with one of them Kibana takes none. */
function readRange(from: unknown, to: unknown): InvestigateButton["range"] {
  const isGiven = (end: unknown): end is string => typeof end === "string" && end !== "";
  return isGiven(from) && isGiven(to) ? { from, to } : undefined;
}

function readProvider(provider: JsonObject): Provider {
  const { field, excluded = false } = provider;
  if (typeof excluded !== "boolean") throw new ButtonError("`excluded` is not true or false");
  return { field: textOf(field, "field"), isExcluded: excluded, test: readTest(provider) };
}

function readTest(provider: JsonObject): ProviderTest {
  const { queryType, value, valueType } = provider;
  switch (queryType) {
    case "phrase":
      return { kind: "values", values: [convert(value, valueType)] };
    case "phrases":
      return { kind: "values", values: readPhrases(value).map((each) => convert(each, valueType)) };
    case "exists":
      return { kind: "exists" };
    case "range":
      return readBounds(value, valueType);
    case undefined:
      return { kind: "values", values: [readOldValue(provider)] };
    default:
      throw new ButtonError(`there is no query type ${JSON.stringify(queryType)}`);
  }
}

/** The form before templates: `type: "parameter"` makes the value the name of a field of the alert. */
function readOldValue({ type, value }: JsonObject): TemplateValue {
  if (type === "parameter") return ["", { field: textOf(value, "value") }, ""];
  return convert(value, undefined);
}

/** A list as JSON in a text; older guides have words with commas between. */
function readPhrases(value: unknown): readonly unknown[] {
  if (typeof value !== "string") return listOf(value, "value");
  const list = jsonIn(value);
  return Array.isArray(list) ? list : value.split(",").map((each) => each.trim());
}

function readBounds(value: unknown, valueType: unknown): ProviderTest {
  const bounds = objectOf(
    typeof value === "string" ? jsonIn(value) : value,
    "the value of a range",
  );
  const { gte, lt } = bounds;
  if (gte === undefined && lt === undefined)
    throw new ButtonError("a range has neither `gte` nor `lt`");
  return {
    kind: "range",
    ...(gte !== undefined && { gte: convert(gte, valueType) }),
    ...(lt !== undefined && { lt: convert(lt, valueType) }),
  };
}

/** The value as its type says. Templates stand in texts only. */
function convert(value: unknown, valueType: unknown): TemplateValue {
  if (typeof value === "number" || typeof value === "boolean") return value;
  const text = textOf(value, "value");
  const template = readTemplate(text);
  if (typeof template !== "string") return template;
  if (valueType === "boolean") return text === "true";
  const isNumber = valueType === "number" && text.trim() !== "" && Number.isFinite(Number(text));
  return isNumber ? Number(text) : text;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function textOf(value: unknown, what: string): string {
  if (typeof value === "string" && value !== "") return value;
  throw new ButtonError(`\`${what}\` is ${value === undefined ? "missing" : "not a text"}`);
}

function listOf(value: unknown, what: string): readonly unknown[] {
  if (Array.isArray(value) && value.length > 0) return value;
  throw new ButtonError(
    `${what} is ${value === undefined ? "missing" : "not a list with something in it"}`,
  );
}

function objectOf(value: unknown, what: string): JsonObject {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    // JSON.parse gave it: its keys are texts.
    return value as JsonObject;
  }
  throw new ButtonError(`${what} is not an object`);
}
