import { type Predicate, walkPredicate } from "@harrier/lang/ir";
import { ConditionSet, type EventDocument, fieldValues } from "@harrier/lang/match";
import { bytesOf, type Input } from "../inputs.ts";
import type { Part } from "../part.ts";
import type { RulePool } from "../rule-pool.ts";
import { ruleSetOf } from "../rule-set.ts";
import { digits, printTable } from "../table.ts";

const sampleEvents = 1_000;

/** Point 1: what is matched against what. */
export const corpus: Part = {
  name: "corpus",
  title: "events and rules",
  isQuick: true,
  run: ({ inputs, pool }) => {
    const fields = wantedFields(pool);
    printTable([
      ["events", "count", "bytes/event", "wanted fields/event", "categories"],
      ...inputs.map((input) => rowOf(input, fields)),
    ]);
    printRules(pool, fields);
    return {};
  },
};

function rowOf(input: Input, fields: ReadonlySet<string>): readonly string[] {
  const { name, lines } = input;
  const categories = new Map<string, number>();
  const step = Math.ceil(lines.length / sampleEvents);
  const sample = lines.filter((_, index) => index % step === 0);
  let wanted = 0;
  for (const line of sample) {
    // We wrote the line: it is an object.
    const document = JSON.parse(line) as EventDocument;
    for (const value of new Set(fieldValues(document, "event.category"))) {
      categories.set(String(value), (categories.get(String(value)) ?? 0) + 1);
    }
    for (const path of fields) if (fieldValues(document, path).length > 0) wanted += 1;
  }
  const shares = [...categories]
    .sort(([, left], [, right]) => right - left)
    .map(([category, count]) => `${category} ${((count / sample.length) * 100).toFixed(0)} %`);
  return [
    name,
    digits(lines.length),
    (bytesOf(input) / lines.length).toFixed(0),
    digits(wanted / sample.length),
    shares.slice(0, 6).join(", "),
  ];
}

function printRules(pool: RulePool, fields: ReadonlySet<string>): void {
  const { name, rules, refused } = pool;
  const languages = countBy(rules.map(({ language }) => language));
  const why = [...refused].map(([type, count]) => `${count} of type ${type}`).join(", ");
  console.log(
    `${name} rules: ${rules.length} run (${printCounts(languages)}); refused: ${why || "none"}`,
  );
  const { conditions } = ruleSetOf(rules);
  const set = new ConditionSet(conditions);
  const { leaves } = set.statistics();
  let all = 0;
  for (const condition of conditions) {
    walkPredicate(condition, () => {
      all += 1;
    });
  }
  console.log(
    `${conditions.length} conditions with ${all} leaves; ${leaves.length} different leaves over ` +
      `one field, ${fields.size} fields`,
  );
  const always = new Set(set.alwaysEvaluated.map((place) => nameOf(pool, place)));
  console.log(`always evaluated: ${always.size} rules${always.size > 0 ? ":" : ""}`);
  for (const rule of always) console.log(`  ${rule}`);
}

/** The rule of a condition, by its place among those of the pool. */
function nameOf({ rules }: RulePool, place: number): string {
  let first = 0;
  for (const { name, conditions } of rules) {
    first += conditions.length;
    if (place < first) return name;
  }
  throw new RangeError(`there is no condition ${place}`);
}

function wantedFields({ rules }: RulePool): ReadonlySet<string> {
  const paths = new Set<string>();
  const add = (condition: Predicate): void =>
    walkPredicate(condition, (leaf) => {
      if ("field" in leaf) paths.add(leaf.field.path);
    });
  for (const { conditions } of rules) conditions.forEach(add);
  return paths;
}

function countBy(keys: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

function printCounts(counts: ReadonlyMap<string, number>): string {
  return [...counts].map(([key, count]) => `${count} ${key}`).join(", ");
}
