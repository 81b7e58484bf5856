import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { runCommand } from "../../test/run-command.ts";

const folder = mkdtempSync(join(tmpdir(), "harrier-convert-"));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (...names: readonly string[]) => join(folder, ...names);

const rule = (id: string, name: string) =>
  `[metadata]\nmaturity = "production"\n\n# Kept.\n[rule]\nrule_id = "${id}"\nname = "${name}"\ndescription = "d"\nseverity = "low"\nrisk_score = 21\ntype = "eql"\nlanguage = "eql"\nquery = '''\nany where true\n'''\n`;

mkdirSync(at("rules/deep"), { recursive: true });
mkdirSync(at("rules/_deprecated"));
writeFileSync(at("rules/a.toml"), rule("1", "First: one?"));
writeFileSync(at("rules/deep/b.toml"), rule("2", "Second"));
writeFileSync(at("rules/_deprecated/c.toml"), rule("3", "Old"));
writeFileSync(at("rules/bad.toml"), "[rule]\nname = \n");
writeFileSync(at("rules/notes.json"), "{}");

describe("rules convert", () => {
  it("keeps the tree, names what is lost and what is left", async () => {
    const { code, out, err } = await runCommand(
      "rules",
      "convert",
      at("rules"),
      "--to",
      "yaml",
      "-o",
      at("yaml/"),
    );
    expect([code, out]).toEqual([1, ""]);
    expect(readdirSync(at("yaml"), { recursive: true }).sort()).toEqual([
      "a.yaml",
      "deep",
      join("deep", "b.yaml"),
    ]);
    expect(err.replaceAll(folder, "")).toMatch(
      /bad\.toml:2:8: error.*\n2 rules written as yaml in 2 files\n1 deprecated rule left out\n1 failure: not written\nskipped .rules.notes\.json: no rules\n$/,
    );
  });

  it("puts an export together and takes it apart again", async () => {
    const together = await runCommand(
      "rules",
      "convert",
      at("rules/a.toml"),
      at("rules/deep"),
      "-o",
      at("all.ndjson"),
    );
    expect(together.code).toBe(0);
    expect(together.err).toContain("`metadata` of 2 rules left out: only TOML and YAML");
    const lines = readFileSync(at("all.ndjson"), "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines.map((line) => line.name ?? line.exported_count)).toEqual([
      "First: one?",
      "Second",
      2,
    ]);

    const apart = await runCommand(
      "rules",
      "convert",
      at("all.ndjson"),
      "--to",
      "toml",
      "-o",
      at("apart/"),
    );
    expect(apart.code).toBe(0);
    expect(readdirSync(at("apart/all"))).toEqual(["first_one.toml", "second.toml"]);
    expect(readFileSync(at("apart/all/second.toml"), "utf8")).toBe(
      rule("2", "Second").slice(rule("2", "Second").indexOf("[rule]")).replaceAll("'''", '"""'),
    );
  });

  it("leaves a rule that has the form already as it is", async () => {
    const { out } = await runCommand("rules", "convert", at("rules/a.toml"), "--to", "toml", "-q");
    expect(out).toBe(rule("1", "First: one?"));
  });

  it("takes exceptions and connectors along, but not into TOML", async () => {
    const api = {
      rule_id: "9",
      name: "N",
      description: "d",
      severity: "low",
      risk_score: 1,
      type: "query",
      query: "a: 1",
    };
    const list = {
      list_id: "l",
      name: "L",
      description: "L",
      type: "detection",
      namespace_type: "single",
    };
    const item = {
      item_id: "i",
      list_id: "l",
      name: "I",
      description: "I",
      type: "simple",
      namespace_type: "single",
      entries: [{ field: "a", type: "match", operator: "included", value: "b" }],
    };
    const connector = { id: "c", type: "action", attributes: { name: "mail" } };
    writeFileSync(
      at("export.ndjson"),
      [api, list, item, connector].map((each) => JSON.stringify(each)).join("\n"),
    );
    const json = await runCommand("rules", "convert", at("export.ndjson"), "--to", "json");
    expect(JSON.parse(json.out)).toMatchObject([api, list, item, connector]);
    const toml = await runCommand("rules", "convert", at("export.ndjson"), "--to", "toml");
    expect(toml.err).toContain("1 exception item left out");
    expect(toml.err).toContain("1 connector left out");
  });

  it.each([
    [[at("rules/a.toml")], "which form?"],
    [
      [at("rules/a.toml"), at("rules/deep"), "--to", "toml"],
      "TOML holds one rule a file, and these are 2",
    ],
    [[at("rules/a.toml"), "--to", "json", "-o", at("rules/notes.json")], "exists"],
    [[at("gone"), "--to", "json"], "there is no file or folder"],
  ])("refuses %s", async (args, message) => {
    const { code, err } = await runCommand("rules", "convert", ...args);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});
