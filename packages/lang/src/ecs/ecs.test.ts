import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeCatalogue } from "./catalogue.ts";
import { ecsSchema, schemaFrom, similarNames } from "./index.ts";

describe("decodeCatalogue", () => {
  it("reads front-coded lines", () => {
    expect([...decodeCatalogue("\nk0a.b.c\nl2d\no1x\nb2y.z\nt0q\nk1r\n")]).toEqual([
      ["a.b.c", "keyword"],
      ["a.b.d", "long"],
      ["a.x", "object"],
      ["a.x.y.z", "boolean"],
      ["q", "text"],
      ["q.r", "keyword"],
    ]);
  });
});

describe("ecsSchema", () => {
  it.each([
    ["process.name", "keyword"],
    ["process.args_count", "long"],
    ["process.command_line", "keyword"],
    ["process.name.text", "text"],
    ["process.name.caseless", "keyword"],
    ["process.code_signature.trusted", "boolean"],
    ["process.parent", "object"],
    ["process", "object"],
    ["source.ip", "ip"],
    ["@timestamp", "date"],
    ["message", "text"],
    ["data_stream.dataset", "keyword"],
    ["source.geo.location", "unsupported"],
    ["dll.Ext.relative_file_creation_time", "double"],
  ])("types %s as %s", (path, type) => {
    expect(ecsSchema.typeOf(path)).toBe(type);
  });

  it("prefers an exact type where sources differ", () => {
    expect(ecsSchema.typeOf("kubernetes.audit.user.groups")).toBe("keyword");
    expect(ecsSchema.typeOf("kubernetes.audit.sourceIPs")).toBe("text");
  });

  it("opens flattened objects", () => {
    expect(ecsSchema.typeOf("auditd.data")).toBe("object");
    expect(ecsSchema.typeOf("auditd.data.anything.below")).toBe("keyword");
  });

  it("knows what is inside of nested objects", () => {
    expect(ecsSchema.typeOf("process.Ext.code_signature")).toBe("nested");
    expect(ecsSchema.typeOf("process.Ext.code_signature.exists")).toBe("boolean");
    expect(ecsSchema.nestedRootOf("process.Ext.code_signature.exists")).toBe(
      "process.Ext.code_signature",
    );
    expect(ecsSchema.nestedRootOf("process.Ext.code_signature")).toBe("process.Ext.code_signature");
    expect(ecsSchema.nestedRootOf("process.Ext")).toBeUndefined();
    expect(ecsSchema.nestedRootOf("")).toBeUndefined();
  });

  it("names the innermost nested object", () => {
    const schema = schemaFrom({ a: "nested", "a.b": "nested", "a.b.c": "long", "a.d": "ip" });
    expect(schema.nestedRootOf("a.b.c")).toBe("a.b");
    expect(schema.nestedRootOf("a.b.c.e")).toBe("a.b");
    expect(schema.nestedRootOf("a.d")).toBe("a");
  });

  it("knows how texts are cut", () => {
    expect(ecsSchema.analyzerOf("message")).toBe("standard");
    expect(ecsSchema.analyzerOf("powershell.file.script_block_text")).toBe("powershell");
    expect(schemaFrom({ a: "text" }).analyzerOf("a")).toBe("standard");
    expect(schemaFrom({}).analyzerOf("__proto__")).toBe("standard");
  });

  it("finds fields by a pattern of their names", () => {
    const schema = schemaFrom({ "a.b": "long", "a.bc": "ip", "a.c.b": "text", "x?y": "keyword" });
    expect(schema.matching("a.*")).toEqual(["a.b", "a.bc", "a.c.b"]);
    expect(schema.matching("a.b*")).toEqual(["a.b", "a.bc"]);
    expect(schema.matching("*.b")).toEqual(["a.b", "a.c.b"]);
    expect(schema.matching("a.b")).toEqual(["a.b"]);
    expect(schema.matching("a")).toEqual([]);
    expect(schema.matching("a.?")).toEqual([]);
    expect(schema.matching("x?*")).toEqual(["x?y"]);
    const listed = schemaFrom({ "l.0.n": "long", "l.*.n": "long", "l.*.m": "ip", "o.*.n": "ip" });
    expect(listed.matching("l.*.n")).toHaveLength(10);
    expect(listed.matching("l.*.m").slice(0, 2)).toEqual(["l.0.m", "l.1.m"]);
    expect(listed.matching("o.*")).toEqual([]);
    expect(ecsSchema.matching("azure.auditlogs.properties.target_resources.*.type")).toContain(
      "azure.auditlogs.properties.target_resources.3.type",
    );
    expect(ecsSchema.matching("process.parent.na*")).toEqual([
      "process.parent.name",
      "process.parent.name.caseless",
      "process.parent.name.text",
    ]);
  });

  it("takes any name for a part of a template", () => {
    const path = "azure.auditlogs.properties.target_resources.0.display_name";
    expect(ecsSchema.typeOf(path)).toBe("keyword");
  });

  it.each([
    ["winlog.event_data.RequestId", "keyword"],
    ["o365.audit.Parameters.ForwardTo", "keyword"],
    ["network_traffic.icmp.request.type", "long"],
    ["network_traffic.memcached.response.status_code", "long"],
    ["network_traffic.nfs.rpc.cred.uid", "long"],
    ["network_traffic.redis.query", "keyword"],
    ["beacon_stats.beaconing_score", "double"],
    ["gen_ai.usage.prompt_tokens", "long"],
    ["github.operation_type", "keyword"],
  ])("types %s, which no list has, as %s", (path, type) => {
    expect(ecsSchema.typeOf(path)).toBe(type);
  });

  it.each(["process.nmae", "Process.Name", "", ".", "toString", "__proto__", "network_traffic.no"])(
    "does not know %j",
    (path) => {
      expect(ecsSchema.typeOf(path)).toBeUndefined();
    },
  );

  it.each([
    ["process.nmae", ["process.name"]],
    ["proces.name", ["process.name"]],
    ["Process.Name", ["process.name"]],
    ["process_name", ["process.name"]],
    ["process.commandline", ["process.command_line"]],
    ["parent.name", ["process.parent.name"]],
    ["destination.ipp", ["destination.ip"]],
    ["src.ip", ["host.ip", "source.ip", "destination.ip"]],
    ["qqqqqq", []],
    ["x".repeat(5000), []],
  ])("suggests for %s", (path, names) => {
    expect(ecsSchema.similarTo(path)).toEqual(names);
  });

  it("suggests at most three", () => {
    expect(ecsSchema.similarTo("pid")[0]).toBe("process.pid");
    expect(ecsSchema.similarTo("pid")).toHaveLength(3);
  });
});

describe("schemaFrom", () => {
  const schema = schemaFrom(
    { "a.b": "long", "list.c": "keyword", list: "nested", "t.*.n": "ip", "t.*": "date" },
    { flattened: ["flat"] },
  );

  it.each([
    ["a", "object"],
    ["a.b", "long"],
    ["a.b.c", undefined],
    ["list.c", "keyword"],
    ["list.other", undefined],
    ["flat", "object"],
    ["flat.x.y", "keyword"],
    ["t", "object"],
    ["t.1.n", "ip"],
    ["t.1.m", "date"],
    ["A.b", undefined],
  ])("types %s as %s", (path, type) => {
    expect(schema.typeOf(path)).toBe(type);
  });

  it("keeps a field named __proto__ apart", () => {
    const names = new Map([["__proto__", "long"] as const]);
    expect(schemaFrom(names).typeOf("__proto__")).toBe("long");
    expect(schemaFrom({}).typeOf("constructor")).toBeUndefined();
  });
});

describe("similarNames", () => {
  const names = ["process.name", "process.pid", "host.name", "file.path"];

  it("finds a name after one slip anywhere", () => {
    const slip = fc.record({
      name: fc.constantFrom("process.name", "process.pid", "file.path"),
      at: fc.nat(),
      letter: fc.constantFrom("", "x", "q"),
    });
    fc.assert(
      fc.property(slip, ({ name, at, letter }) => {
        const place = at % name.length;
        const written = name.slice(0, place) + letter + name.slice(place + 1);
        expect(similarNames(written, names)).toContain(name);
      }),
    );
  });

  it("is the same whatever the order of the names", () => {
    expect(similarNames("name", names)).toEqual(["process.name"]);
    expect(similarNames("name", names.toReversed())).toEqual(similarNames("name", names));
  });
});
