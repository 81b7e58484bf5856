import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { runCommand } from "../../test/run-command.ts";

const folder = mkdtempSync(join(tmpdir(), "harrier-diff-"));
afterAll(() => rmSync(folder, { recursive: true }));

const rule = (id: string, name: string, query: string, more = "") =>
  `[rule]\nrule_id = "${id}"\nname = "${name}"\ndescription = "d"\nseverity = "low"\nrisk_score = 21\ntype = "eql"\nlanguage = "eql"\nquery = '''\n${query}\n'''\n${more}`;

function writeRules(name: string, rules: Readonly<Record<string, string>>): string {
  mkdirSync(join(folder, name));
  for (const [file, text] of Object.entries(rules)) writeFileSync(join(folder, name, file), text);
  return join(folder, name);
}

const before = writeRules("old", {
  "a.toml": rule(
    "1",
    "Changed",
    'process where process.name : "a" and x == 1',
    'note = "one"\nversion = 1\n',
  ),
  "b.toml": rule("2", "Spelled", "any where a == 1 and b == 2"),
  "c.toml": rule("3", "Gone", "any where true"),
  "d.toml": rule("4", "Equal", "any where true"),
});
const after = writeRules("new", {
  "a.toml": rule(
    "1",
    "Changed",
    'process where process.name : ("a", "b`") and y == 1',
    'note = "two"\nversion = 2\n',
  ),
  "b.toml": rule("2", "Spelled", "any where b == 2\n  and a == 1"),
  "d.toml": rule("4", "Equal", "any where true"),
  "e.toml": rule("5", "Fresh \\u001b[2J", "any where true"),
});
const broken = writeRules("broken", { "x.toml": "[rule]\nname =\n" });

describe("rules diff", () => {
  it("tells what changed, in text", async () => {
    const { code, out, err } = await runCommand("rules", "diff", before, after, "--exit-code");
    expect([code, err]).toEqual([
      1,
      "5 rules: 1 changed, 1 added, 1 removed, 1 with the same meaning, 1 equal\n",
    ]);
    expect(out).toBe(`~ Changed (1)
  query
    - x == 1
    + y == 1
      process.name :
    +   "b\`"
  note
    - one
    + two
  bookkeeping: version

= Spelled (2)
  only spelled otherwise: query

+ Fresh \\u{1b}[2J (5)

- Gone (3)
`);
  });

  it("and in Markdown and JSON", async () => {
    const md = await runCommand("rules", "diff", before, after, "--format", "md", "-q");
    expect(md.out).toContain(
      '## Changed: `Changed`, `1`\n\n`query`\n\n```diff\n- x == 1\n+ y == 1\n  process.name :\n+   "b`"\n```\n',
    );
    expect(md.out).toContain("Also: `version` (bookkeeping)\n\n## Same meaning: `Spelled`, `2`\n");
    const json = await runCommand("rules", "diff", before, after, "--format", "json");
    expect(json.code).toBe(0);
    expect(JSON.parse(json.out)).toMatchObject([
      {
        change: "changed",
        rule_id: "1",
        same_meaning: false,
        fields: [
          {
            field: "query",
            kind: "clauses",
            clauses: [
              { within: [], added: ["y == 1"], removed: ["x == 1"] },
              { within: ["process.name :"], added: ['"b`"'], removed: [] },
            ],
          },
          { field: "note", before: "one", after: "two" },
          { field: "version", weight: "bookkeeping" },
        ],
      },
      { change: "changed", rule_id: "2", same_meaning: true },
      { change: "added", rule_id: "5" },
      { change: "removed", rule_id: "3" },
    ]);
  });

  it("has an exit code where nothing changed, and where something can't be read", async () => {
    expect((await runCommand("rules", "diff", before, before, "--exit-code")).code).toBe(0);
    const spelled = [join(before, "b.toml"), join(after, "b.toml")];
    expect((await runCommand("rules", "diff", ...spelled, "--exit-code")).code).toBe(0);
    const unread = await runCommand("rules", "diff", before, broken, "--exit-code");
    expect(unread.code).toBe(3);
    expect(unread.err).toContain("x.toml:2:7: error");
    expect((await runCommand("rules", "diff", before, join(folder, "none"))).code).toBe(2);
  });
});
