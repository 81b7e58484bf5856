import { describe, expect, it } from "vitest";
import { findTactic, findTechnique, tactics, techniques } from "./attack.ts";
import { successors } from "./successors.ts";

describe("ATT&CK", () => {
  it("has the matrix of the version it names", () => {
    // v18.1 as MITRE counts it.
    expect(tactics).toHaveLength(14);
    expect(techniques.filter(({ parentId }) => parentId === undefined)).toHaveLength(216);
    expect(techniques.filter(({ parentId }) => parentId !== undefined)).toHaveLength(475);
    expect(tactics.map(({ name }) => name).slice(0, 3)).toEqual([
      "Reconnaissance",
      "Resource Development",
      "Initial Access",
    ]);
  });

  it("tells techniques with their tactics and platforms", () => {
    expect(findTechnique("T1059.001")).toEqual({
      kind: "known",
      technique: {
        id: "T1059.001",
        name: "PowerShell",
        parentId: "T1059",
        tactics: ["TA0002"],
        platforms: ["Windows"],
      },
    });
    expect(findTactic("TA0005")?.shortName).toBe("defense-evasion");
    expect(findTactic("TA9999")).toBeUndefined();
  });

  it("tells what stands in the place of revoked ids", () => {
    expect(findTechnique("T1086")).toMatchObject({
      kind: "revoked",
      successor: { id: "T1059.001" },
    });
    // Twice moved: to T1574.002 and from there.
    expect(findTechnique("T1073")).toMatchObject({
      kind: "revoked",
      successor: { id: "T1574.001" },
    });
    expect(findTechnique("T9999")).toEqual({ kind: "unknown" });
    expect(findTechnique("")).toEqual({ kind: "unknown" });
    for (const id of successors.keys()) expect(findTechnique(id).kind, id).toBe("revoked");
  });

  it("has every technique in the matrix, and every sub-technique under one", () => {
    for (const { id, tactics: own, parentId } of techniques) {
      expect(own.length, id).toBeGreaterThan(0);
      if (parentId !== undefined) expect(findTechnique(parentId).kind, id).toBe("known");
    }
  });
});
