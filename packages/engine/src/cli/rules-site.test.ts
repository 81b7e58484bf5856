import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, normalize } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { runCommand } from "../../test/run-command.ts";
import { namePages } from "./output/rule-site/page-names.ts";

const folder = mkdtempSync(join(tmpdir(), "harrier-site-"));
afterAll(() => rmSync(folder, { recursive: true }));
const rules = join(folder, "rules");
mkdirSync(rules);

function writeRule(file: string, name: string, more: Readonly<Record<string, unknown>> = {}): void {
  const rule = {
    name,
    rule_id: name,
    description: `About ${name}`,
    type: "eql",
    language: "eql",
    query: "process where true",
    severity: "low",
    risk_score: 21,
    ...more,
  };
  writeFileSync(join(rules, `${file}.json`), JSON.stringify(rule));
}

const execution = {
  framework: "MITRE ATT&CK",
  tactic: { id: "TA0002", name: "Execution", reference: "" },
  technique: [{ id: "T1059", name: "Command and Scripting Interpreter", reference: "" }],
};
writeRule("a", "Netcat shell", {
  threat: [execution],
  tags: ["OS: Windows", "Data Source: Sysmon"],
  index: ["logs-*", "../../etc"],
  severity: "high",
});
writeRule("b", "netcat  SHELL", {
  rule_id: "other",
  type: "esql",
  language: "esql",
  query: "FROM x",
});
writeRule("c", "../../<script>alert(1)</script>", { tags: ['OS: "><img src=x>', "OS: .."] });
writeRule("d", "CON", { rule_id: "../../x" });

/** All files of a site, by path, with their text. */
function filesOf(site: string): ReadonlyMap<string, string> {
  const paths = readdirSync(site, { recursive: true, encoding: "utf8" }).sort();
  const files = paths.filter((path) => path.includes("."));
  return new Map(files.map((path) => [path, readFileSync(join(site, path), "utf8")]));
}

const build = (site: string, ...more: readonly string[]) =>
  runCommand("rules", "site", rules, "-o", join(folder, site), ...more);

describe("names of pages", () => {
  const names = (...all: readonly string[]) => namePages(all.map((name) => ({ name, id: name })));

  it("are small letters, digits and hyphens", () => {
    expect(names("Shell via NetCat: -e (1)", "Überlänge")).toEqual([
      "shell-via-netcat-e-1",
      "uberlange",
    ]);
    expect(names("x".repeat(500))).toEqual(["x".repeat(80)]);
  });

  it("never lead out of their folder and are nobody's device", () => {
    for (const name of ["..", "", "/", "con", "LPT1", "index", "\u202e", "漢字"]) {
      const [page = ""] = names(name);
      expect(page).toMatch(/^[a-z0-9]+-[0-9a-f]{8}$/);
    }
  });

  it("differ also where only letter case, order or an earlier name tells them apart", () => {
    const [upper = "", lower = "", other] = names("A b", "a B", "c");
    expect(upper).toMatch(/^a-b-[0-9a-f]{8}$/);
    expect(lower).not.toBe(upper);
    expect(names("c", "a B", "A b")).toEqual([other, lower, upper]);
    expect(new Set(names(upper, "A b", "a B")).size).toBe(3);
    const same = namePages(Array.from({ length: 3000 }, () => ({ name: "n", id: "i" })));
    expect(new Set(same).size).toBe(3000);
  });
});

describe("a site", () => {
  it("has a page for each rule and lists that lead to it", async () => {
    const { code, err } = await build("one", "--title", "Our <rules>");
    expect(code).toBe(0);
    expect(err).toMatch(/^4 rules, \d+ pages: .*one\/index\.html\n$/);
    const files = filesOf(join(folder, "one"));
    expect([...files.keys()].filter((path) => path.startsWith("rules/"))).toHaveLength(4);
    const listed = (path: string) =>
      [...(files.get(path) ?? "").matchAll(/<li><a href="\.\.\/(rules\/[^"]+)"/g)].map(
        ([, to]) => to,
      );
    expect(listed("tactics/execution.html")).toHaveLength(1);
    expect(listed("tactics/no-tactic.html")).toHaveLength(3);
    expect(listed("severities/high.html")).toEqual(listed("tactics/execution.html"));
    expect(listed("types/esql.html")).toHaveLength(1);
    expect(listed("sources/sysmon.html")).toHaveLength(1);
    expect(files.get("index.html")).toContain("<h1>Our &lt;rules&gt;</h1>");
    expect(files.get("all.html")?.match(/<li><a href="rules\//g)).toHaveLength(4);
    expect(files.get("matrix.html")).toContain('<li><a href="rules/netcat-shell-');
  });

  it("has no link that leads nowhere or out, and nothing that runs", () => {
    const files = filesOf(join(folder, "one"));
    for (const [path, html] of files) {
      if (!path.endsWith(".html")) continue;
      expect(html).not.toMatch(/<(script|img|link|iframe|form)\b/);
      expect(html).toContain("Content-Security-Policy");
      for (const [, target = ""] of html.matchAll(/href="([^"]*)"/g)) {
        const [page = "", anchor] = target.split("#");
        const to = page === "" ? path : normalize(join(dirname(path), page));
        expect(files.has(to), `${path} leads to ${target}`).toBe(true);
        if (anchor !== undefined) expect(files.get(to)).toContain(`id="${anchor}"`);
      }
    }
  });

  it("is the same for the same rules, and tells nothing of where they were", async () => {
    await build("two", "--title", "Our <rules>");
    expect(filesOf(join(folder, "two"))).toEqual(filesOf(join(folder, "one")));
    for (const text of filesOf(join(folder, "one")).values()) expect(text).not.toContain(folder);
  });

  it("replaces its own pages, removes those of rules that are gone, and keeps all else", async () => {
    const site = join(folder, "two");
    writeFileSync(join(site, "tactics", "notes.html"), "mine");
    const { code, err } = await build("two", "--rule", "CON");
    expect(code).toBe(0);
    expect(err).toMatch(/old pages removed/);
    const paths = [...filesOf(site).keys()].filter((path) => path.startsWith("rules/"));
    expect(paths).toHaveLength(1);
    expect(existsSync(join(site, "tactics", "execution.html"))).toBe(false);
    expect(existsSync(join(site, "sources", "sysmon.html"))).toBe(false);
    expect(readFileSync(join(site, "tactics", "notes.html"), "utf8")).toBe("mine");
  });

  it("is not written into a folder that holds other things, but with --force", async () => {
    const site = join(folder, "taken");
    mkdirSync(site);
    writeFileSync(join(site, "mine.txt"), "mine");
    expect(await build("taken")).toMatchObject({ code: 2 });
    expect(readdirSync(site)).toEqual(["mine.txt"]);
    expect(await build("taken", "--force")).toMatchObject({ code: 0 });
    expect(readFileSync(join(site, "mine.txt"), "utf8")).toBe("mine");
    expect(await build("taken")).toMatchObject({ code: 0 });
  });

  it("removes nothing that its list could not have", async () => {
    await build("listed");
    const site = join(folder, "listed");
    writeFileSync(join(folder, "victim.html"), "x");
    const more = "../victim.html\nrules/../../victim.html\n/etc/x.html\n.harrier-site\n";
    writeFileSync(join(site, ".harrier-site"), more);
    expect(await build("listed")).toMatchObject({ code: 0 });
    expect(existsSync(join(folder, "victim.html"))).toBe(true);
  });

  it("is not written through links", async () => {
    const site = join(folder, "linked");
    const target = join(folder, "target");
    mkdirSync(site);
    mkdirSync(target);
    symlinkSync(target, join(site, "rules"));
    expect(await build("linked", "--force")).toMatchObject({ code: 3 });
    rmSync(join(site, "rules"));
    writeFileSync(join(target, "victim"), "mine");
    symlinkSync(join(target, "victim"), join(site, "index.html"));
    expect(await build("linked", "--force")).toMatchObject({ code: 3 });
    expect(readdirSync(target)).toEqual(["victim"]);
    expect(readFileSync(join(target, "victim"), "utf8")).toBe("mine");
  });

  it("needs rules and a folder", async () => {
    expect(await runCommand("rules", "site", "-o", join(folder, "x"))).toMatchObject({ code: 2 });
    expect(await runCommand("rules", "site", rules)).toMatchObject({ code: 2 });
    expect(await build("x", "--rule", "nobody")).toMatchObject({ code: 2 });
    expect(existsSync(join(folder, "x"))).toBe(false);
  });
});

describe("rules show", () => {
  const rule = join(rules, "a.json");

  it("writes a page in the form that is asked for, or that the file's name says", async () => {
    const html = join(folder, "page.html");
    expect(await runCommand("rules", "show", rule, "-o", html)).toMatchObject({ code: 0, out: "" });
    expect(readFileSync(html, "utf8")).toMatch(/^<!doctype html>/);
    expect(await runCommand("rules", "show", rule, "-o", html)).toMatchObject({ code: 2 });
    expect((await runCommand("rules", "show", rule, "--page")).out).toMatch(/^# Netcat shell\n/);
    const page = await runCommand("rules", "show", rule, "--page", "--format", "html");
    expect(page.out).toBe(readFileSync(html, "utf8"));
    expect((await runCommand("rules", "show", rule)).out).toMatch(/^Netcat shell\n/);
    expect(await runCommand("rules", "show", rule, "--page", "--format", "json")).toMatchObject({
      code: 2,
    });
  });
});
