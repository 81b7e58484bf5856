import { ecsSchema } from "@harrier/lang/ecs";
import { describe, expect, it } from "vitest";
import { adHocRule } from "../rule-types/index.ts";
import type { FileObject, Rule } from "../rules/index.ts";
import { prepareExceptions, readExceptions } from "./index.ts";

type Raw = Readonly<Record<string, unknown>>;

const source = { name: "x.ndjson", text: "" };
const objectOf = (value: Raw): FileObject => ({
  value,
  form: "api",
  source,
  spanOf: () => ({ source, start: 0, end: 0 }),
});

function itemOf(name: string, place: Raw): Raw {
  const entries = [{ field: "user.name", operator: "included", type: "match", value: name }];
  return { name, item_id: name, entries, ...place };
}

function ruleOf(ruleId: string, changes: Partial<Rule> = {}): Rule {
  return { ...adHocRule("any where true"), ruleId, ...changes };
}

function prepare(items: readonly Raw[], lists: readonly Raw[] = [], endpoint = true) {
  const set = readExceptions({
    exceptionLists: lists.map(objectOf),
    exceptionItems: items.map(objectOf),
  });
  expect(set.diagnostics).toEqual([]);
  return prepareExceptions(set, { schema: ecsSchema, valueLists: new Map(), now: 0n, endpoint });
}

/** The names of the items that a rule has. */
function namesFor(rule: Rule, ...args: Parameters<typeof prepare>): readonly string[] {
  return prepare(...args)
    .forRule(rule)
    .items.map(({ item }) => item.name);
}

describe("a rule has the items", () => {
  const shared = { listId: "shared", namespace: "single" } as const;
  const naming = ruleOf("r", { exceptionsList: [shared] });

  it("of the lists that it names, in the order of the files", () => {
    const items = [
      itemOf("b", { list_id: "shared" }),
      itemOf("other", { list_id: "other" }),
      itemOf("a", { list_id: "shared" }),
    ];
    expect(namesFor(naming, items)).toEqual(["b", "a"]);
    expect(namesFor(ruleOf("s"), items)).toEqual([]);
  });

  it("of the list's own namespace", () => {
    const items = [
      itemOf("single", { list_id: "shared", namespace_type: "single" }),
      itemOf("agnostic", { list_id: "shared", namespace_type: "agnostic" }),
    ];
    expect(namesFor(naming, items)).toEqual(["single"]);
    const agnostic = { listId: "shared", namespace: "agnostic" } as const;
    expect(namesFor(ruleOf("r", { exceptionsList: [agnostic] }), items)).toEqual(["agnostic"]);
  });

  it("of the namespace of their list where they name none", () => {
    const items = [itemOf("a", { list_id: "shared" })];
    expect(namesFor(naming, items, [{ list_id: "shared", namespace_type: "agnostic" }])).toEqual(
      [],
    );
    expect(namesFor(naming, items, [{ list_id: "shared", namespace_type: "single" }])).toEqual([
      "a",
    ]);
  });

  it("that name it, themselves or by their list, each once", () => {
    const items = [
      itemOf("own", { rule_ids: ["r", "s"] }),
      itemOf("both", { list_id: "shared", rule_ids: ["r"] }),
      itemOf("of the list", { list_id: "shared" }),
    ];
    const lists = [{ list_id: "shared", meta: { rule_ids: ["r"] } }];
    expect(namesFor(naming, items, lists)).toEqual(["own", "both", "of the list"]);
    expect(namesFor(ruleOf("r"), items, lists)).toEqual(["own", "both", "of the list"]);
    expect(namesFor(ruleOf("s"), items, lists)).toEqual(["own"]);
  });

  it("of Elastic Defend, unless they are switched off", () => {
    const list = { listId: "endpoint_list", namespace: "agnostic" } as const;
    const rule = ruleOf("r", { exceptionsList: [list, shared] });
    const items = [
      itemOf("defend", { list_id: "endpoint_list", namespace_type: "agnostic" }),
      itemOf("a", { list_id: "shared" }),
    ];
    expect(namesFor(rule, items)).toEqual(["defend", "a"]);
    expect(namesFor(rule, items, [], false)).toEqual(["a"]);
  });

  it("and a warning for a list that nobody has, but not for that of Elastic Defend", () => {
    const lists = ["gone", "endpoint_list"].map((listId) => ({
      listId,
      namespace: "agnostic" as const,
    }));
    const { diagnostics, exception } = prepare([]).forRule(
      ruleOf("r", { exceptionsList: lists, name: "The rule" }),
    );
    expect(exception).toBeUndefined();
    expect(diagnostics).toMatchObject([
      {
        severity: "warning",
        code: "exception/missing-list",
        message: "The rule names the exception list `gone`, which no file holds",
      },
    ]);
    // An empty list is one.
    const empty = prepare([], [{ list_id: "gone", namespace_type: "agnostic" }]);
    expect(empty.forRule(ruleOf("r", { exceptionsList: lists })).diagnostics).toEqual([]);
  });
});

describe("rules with the same items", () => {
  it("share one condition, unless the items expire by different clocks", () => {
    const { forRule } = prepare([
      itemOf("a", { rule_ids: ["r", "s"] }),
      itemOf("b", { rule_ids: ["t", "u", "v"], expire_time: "2026-01-01T00:30:00Z" }),
    ]);
    expect(forRule(ruleOf("r")).exception).toBe(forRule(ruleOf("s")).exception);
    const hourly = { intervalMs: 3_600_000 };
    expect(forRule(ruleOf("t")).exception).toBe(forRule(ruleOf("u")).exception);
    expect(forRule(ruleOf("v", hourly)).exception).not.toEqual(forRule(ruleOf("u")).exception);
  });
});
