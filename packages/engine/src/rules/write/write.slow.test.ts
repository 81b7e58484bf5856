import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { type LoadedRule, readRuleText } from "../load-file.ts";
import type { RuleOrigin } from "../rule.ts";
import { envelopeOf } from "./envelope.ts";
import { writeRules, writeTomlRule } from "./write-rules.ts";

const nothingElse = { exceptionLists: [], exceptionItems: [], connectors: [] };

function readOne(text: string, format: RuleOrigin["format"]): LoadedRule {
  const [loaded] = readRuleText({ name: `rule.${format}`, text }).rules;
  if (loaded === undefined) throw new Error("no rule");
  return loaded;
}

function convert(loaded: LoadedRule, ...formats: readonly RuleOrigin["format"][]): LoadedRule {
  return formats.reduce((rule, format) => {
    const text =
      format === "toml"
        ? writeTomlRule(rule)
        : writeRules({ rules: [rule], ...nothingElse }, format);
    return readOne(text, format);
  }, loaded);
}

const root = fileURLToPath(new URL("../../../../../", import.meta.url));
const shared = process.env.HARRIER_SHARED ?? resolve(root, "../shared");
const corpus = join(shared, "corpora/detection-rules");

describe.skipIf(!existsSync(corpus))("the public rules (skipped without ../shared)", () => {
  it("are the same after TOML -> NDJSON -> TOML -> JSON -> YAML -> TOML", () => {
    const paths = readdirSync(corpus, { recursive: true, encoding: "utf8" }).filter((path) =>
      path.endsWith(".toml"),
    );
    let count = 0;
    for (const path of paths) {
      const loaded = readOne(readFileSync(join(corpus, path), "utf8"), "toml");
      const after = convert(loaded, "ndjson", "toml", "json", "yaml", "toml");
      expect(after.rule.parameters, path).toEqual(loaded.rule.parameters);
      const kept = convert(loaded, "toml");
      expect(envelopeOf(kept.document), path).toEqual(envelopeOf(loaded.document));
      count += 1;
    }
    expect(count).toBe(2192);
  });
});
