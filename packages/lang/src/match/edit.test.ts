import { describe, expect, it } from "vitest";
import { withField, withoutField } from "./index.ts";

describe("an edited event", () => {
  it("has the new value alone, wherever the old one was", () => {
    const nested = { process: { name: "a", pid: 1 }, x: 1 };
    expect(withField(nested, "process.name", "b")).toEqual({
      process: { name: "b", pid: 1 },
      x: 1,
    });
    expect(nested.process.name).toBe("a");
    expect(withField({ "process.name": "a" }, "process.name", "b")).toEqual({
      process: { name: "b" },
    });
    expect(withField({ process: { "parent.name": "a" } }, "process.parent.name", "b")).toEqual({
      process: { parent: { name: "b" } },
    });
    expect(withField({ process: "odd" }, "process.name", "b")).toEqual({ process: { name: "b" } });
  });

  it("lacks a field, wherever it was", () => {
    const both = { "process.name": "a", process: { name: "b", pid: 1 } };
    expect(withoutField(both, "process.name")).toEqual({ process: { pid: 1 } });
    expect(withoutField({ x: 1 }, "process.name")).toEqual({ x: 1 });
    expect(withoutField({ process: [{ name: "a" }] }, "process.name")).toEqual({
      process: [{ name: "a" }],
    });
  });

  it("keeps its prototype", () => {
    const edited = withField({}, "__proto__.polluted", 1);
    expect(Object.getPrototypeOf(edited)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});
