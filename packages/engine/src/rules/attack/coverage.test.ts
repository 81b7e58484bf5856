import { describe, expect, it } from "vitest";
import type { Rule, Threat } from "../rule.ts";
import { coverageOf } from "./coverage.ts";

/** A rule of which only what coverage reads is there. */
function rule(name: string, ...threat: readonly Threat[]): Rule {
  return { name, ruleId: name, threat } as unknown as Rule;
}

function threat(tactic: string, ...ids: readonly (readonly [string, ...string[]])[]): Threat {
  const reference = (id: string) => ({ id, name: "", reference: "" });
  return {
    framework: "MITRE ATT&CK",
    tactic: reference(tactic),
    technique: ids.map(([id, ...below]) => ({
      ...reference(id),
      subtechnique: below.map(reference),
    })),
  };
}

/** The cells with rules, as `tactic technique: rules`. */
function cells(...rules: readonly Rule[]): readonly string[] {
  return coverageOf(rules).columns.flatMap(({ tactic, cells: own }) =>
    own
      .flatMap((cell) => [cell, ...cell.below])
      .filter((cell) => cell.rules.length > 0)
      .map(
        (cell) =>
          `${tactic.id} ${cell.technique.id}: ${cell.rules.map(({ name }) => name).join(" ")}`,
      ),
  );
}

describe("coverage", () => {
  it("puts a technique under the tactic that the rule names", () => {
    // T1078 is one of four tactics'.
    expect(cells(rule("a", threat("TA0003", ["T1078"])))).toEqual(["TA0003 T1078: a"]);
  });

  it("counts a sub-technique for its technique, and a rule once", () => {
    const both = rule("a", threat("TA0002", ["T1059", "T1059.001"]));
    expect(cells(both)).toEqual(["TA0002 T1059: a", "TA0002 T1059.001: a"]);
    const { covered, columns } = coverageOf([both, rule("b", threat("TA0002", ["T1059"]))]);
    expect(covered).toBe(1);
    expect(columns.find(({ tactic }) => tactic.id === "TA0002")?.covered).toBe(1);
  });

  it("puts a technique of another tactic under its own ones", () => {
    expect(cells(rule("a", threat("TA0009", ["T1059"])))).toEqual(["TA0002 T1059: a"]);
    expect(cells(rule("a", threat("", ["T1059"])))).toEqual(["TA0002 T1059: a"]);
  });

  it("counts a revoked id for its successor, and lists it", () => {
    const old = rule("a", threat("TA0002", ["T1086"], ["T0000"]));
    expect(cells(old)).toEqual(["TA0002 T1059: a", "TA0002 T1059.001: a"]);
    expect(coverageOf([old]).outdated).toMatchObject([
      { id: "T1086", successor: { id: "T1059.001" } },
      { id: "T0000" },
    ]);
  });

  it("lists rules without a technique", () => {
    const atlas = { ...threat("TA0002", ["T1059"]), framework: "MITRE ATLAS" };
    const rules = [rule("a"), rule("b", threat("TA0002")), rule("c", atlas)];
    expect(coverageOf(rules).unmapped.map(({ name }) => name)).toEqual(["a", "b", "c"]);
    expect(coverageOf(rules)).toMatchObject({ covered: 0, total: 216 });
  });

  it("leaves out techniques of other platforms", () => {
    const { total, columns } = coverageOf([], { platforms: ["Containers"] });
    expect(total).toBeGreaterThan(10);
    expect(total).toBeLessThan(60);
    const shown = columns.flatMap((column) => column.cells);
    expect(shown.every(({ technique }) => technique.platforms.includes("Containers"))).toBe(true);
  });
});
