import { ecsSchema } from "@harrier/lang/ecs";
import { compileEql } from "@harrier/lang/eql";
import { explainPredicate } from "@harrier/lang/match";
import { describe, expect, it } from "vitest";
import { findFlip } from "./flip.ts";

/** The change that turns round whether the event meets the condition. */
function flip(condition: string, document: Readonly<Record<string, unknown>>) {
  const { plan } = compileEql({ name: "q", text: `any where ${condition}` }, ecsSchema);
  if (plan?.kind !== "event") throw new Error(condition);
  return findFlip(explainPredicate(plan.condition, document), document, {});
}

describe("the least change that turns a verdict round", () => {
  it.each([
    ['process.name == "a"', {}, [{ field: "process.name", value: "a" }]],
    ['process.name : "c?d*"', {}, [{ field: "process.name", value: "cxd" }]],
    ["process.pid > 4", { process: { pid: 1 } }, [{ field: "process.pid", value: 5 }]],
    ["process.pid <= 4", { process: { pid: 9 } }, [{ field: "process.pid", value: 4 }]],
    ["user.id != null", {}, [{ field: "user.id", value: "x" }]],
    ["user.id == null", { "user.id": "7" }, [{ field: "user.id" }]],
    ['cidrMatch(source.ip, "10.0.0.0/8")', {}, [{ field: "source.ip", value: "10.0.0.0" }]],
  ])("gives a clause a value, or takes it away: %s", (condition, document, expected) => {
    expect(flip(condition, document)).toEqual(expected);
  });

  it("changes as few fields as it can", () => {
    const condition = '(process.name == "a" and process.pid == 4) or user.name == "u"';
    expect(flip(condition, {})).toEqual([{ field: "user.name", value: "u" }]);
    expect(flip(condition, { process: { name: "a" } })).toEqual([
      { field: "process.pid", value: 4 },
    ]);
    expect(flip('process.name == "a" and not user.name == "u"', { user: { name: "u" } })).toEqual([
      { field: "process.name", value: "a" },
      { field: "user.name" },
    ]);
  });

  it("turns a match into none", () => {
    const event = { process: { name: "a", pid: 4 } };
    expect(flip('process.name == "a" and process.pid == 4', event)).toEqual([
      { field: "process.name" },
    ]);
  });

  it("gives nothing that it has not tried", () => {
    // Both would have to be one value.
    expect(flip('process.name == "a" and process.name == "b"', {})).toBeUndefined();
    expect(flip('process.name == "a" and not process.name : "a*"', {})).toBeUndefined();
    expect(flip("length(process.name) == 3", {})).toBeUndefined();
    expect(flip('process.name regex "a+"', {})).toBeUndefined();
  });
});
