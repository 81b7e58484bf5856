import { describe, expect, test } from "vitest";
import type { Fields } from "../fields.ts";
import { readAddress } from "./addresses.ts";
import { setResource } from "./azure-resource.ts";
import { timeOf } from "./cloud-source.ts";
import { cloudSources } from "./index.ts";
import { javaText } from "./java-text.ts";
import { nameColumns } from "./m365-defender-names.ts";
import { cleanTree, move, parseTree, snakeCase, take } from "./tree.ts";
import { setUrl } from "./url.ts";

test.each([
  [{ a: 1 }, "{a=1}"],
  [{ groupName: "TEST-GROUP", x: { y: 1 } }, "{groupName=TEST-GROUP, x={y=1}}"],
  [{ b: [1, "c", { d: true }], a: "" }, "{a=, b=[1, c, {d=true}]}"],
  // Buckets of 16: `name` hashes to 6, `isMultiRegionTrail` to 0.
  [{ name: 1, isMultiRegionTrail: 2 }, "{isMultiRegionTrail=2, name=1}"],
  // Sixteen buckets hold twelve keys; with thirteen there are 32.
  [Object.fromEntries([..."abcdefghijklm"].map((key) => [key, 0])), /^\{a=0, b=0.*, m=0\}$/],
])("Java writes %j", (value, expected) => {
  if (typeof expected === "string") expect(javaText(value)).toBe(expected);
  else expect(javaText(value)).toMatch(expected);
});

test.each([
  ["203.0.113.9", { address: "203.0.113.9" }],
  ["::ffff:203.0.113.9", { address: "203.0.113.9" }],
  ["203.0.113.9:443", { address: "203.0.113.9", port: 443 }],
  ["[2001:db8::1]:443", { address: "2001:db8::1", port: 443 }],
  ["[2001:db8::1]", { address: "2001:db8::1" }],
  ["host.example", { domain: "host.example" }],
  ["host.example (203.0.113.9)", { domain: "host.example", address: "203.0.113.9" }],
  ["no address", { address: "no address" }],
  ["", { address: "" }],
])("address %s", (written, expected) => {
  expect(readAddress(written)).toEqual(expected);
});

test.each([
  [
    "https://u:p@example.com:8443/a/b.tar.gz?x=1#f",
    {
      original: "https://u:p@example.com:8443/a/b.tar.gz?x=1#f",
      scheme: "https",
      user_info: "u:p",
      username: "u",
      password: "p",
      domain: "example.com",
      port: 8443,
      path: "/a/b.tar.gz",
      extension: "gz",
      query: "x=1",
      fragment: "f",
    },
  ],
  [
    "https://example.com",
    { original: "https://example.com", scheme: "https", domain: "example.com" },
  ],
  ["/only/a/path", undefined],
])("url %s", (written, expected) => {
  const document: Fields = {};
  expect(setUrl(document, written)).toBe(expected !== undefined);
  expect(document.url).toEqual(expected);
});

const id = "00000000-0000-0000-0000-000000000002";
test.each([
  [
    `/subscriptions/${id}/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/vm`,
    { group: "g", provider: "Microsoft.Compute/virtualMachines", name: "vm" },
  ],
  [`/subscriptions/${id}/resourceGroups/g`, { group: "g" }],
  [`/subscriptions/${id}/providers/A.B/c`, { provider: "A.B/c" }],
  [
    `/SUBSCRIPTIONS/${id}/RESOURCEGROUPS/G/PROVIDERS/M.E/NAMESPACES/N/AUTHORIZATIONRULES/R`,
    { group: "G", provider: "M.E", namespace: "N", authorization_rule: "R" },
  ],
  ["/tenants/t/providers/Microsoft.aadiam", { provider: "Microsoft.aadiam" }],
  ["hello", {}],
])("resource %s", (written, expected) => {
  const document: Fields = {};
  setResource(document, written);
  expect(document.azure).toMatchObject({ resource: { id: written, ...expected } });
});

test.each([
  [1_767_600_000, 1_767_600_000_000],
  [1_767_600_000_000, 1_767_600_000_000],
  ["1767600000000", 1_767_600_000_000],
  ["2026-01-05T08:00:00", 1_767_600_000_000],
  ["2026-01-05 09:00:00+01:00", 1_767_600_000_000],
  [-1, undefined],
  [Number.NaN, undefined],
  ["soon", undefined],
])("time %s", (written, epochMs) => {
  expect(timeOf(written)?.epochMs).toBe(epochMs);
});

describe("trees", () => {
  test("values move, and what is not there stays away", () => {
    const tree = { a: { b: 1, c: 2 } };
    move(tree, "a.b", "d");
    move(tree, "a.x", "e");
    expect(take(tree, "a.c")).toBe(2);
    expect(tree).toEqual({ a: {}, d: 1 });
  });

  test("inherited names are no values", () => {
    expect(take({}, "constructor.name")).toBeUndefined();
    const tree = {};
    move(tree, "toString", "x");
    expect(tree).toEqual({});
  });

  test("keys stay the object's own", () => {
    const tree = cleanTree(JSON.parse('{"__proto__":{"a":1},"b":null,"c":[],"d":{"e":""}}'));
    expect(Object.keys(tree as Fields)).toEqual(["__proto__"]);
    expect(({} as Fields).a).toBeUndefined();
  });

  test("text in JSON is read only so deep", () => {
    expect(parseTree('{"a":null,"b":1}')).toEqual({ b: 1 });
    expect(parseTree("[".repeat(10_000) + "]".repeat(10_000))).toBeUndefined();
    expect(parseTree("{")).toBeUndefined();
  });

  test("names of others become snake case", () => {
    expect(
      ["ipAddress", "IPAddress", "C_Sid", "UserPrincipalObjectID", "a.b c"].map(snakeCase),
    ).toEqual(["ip_address", "ip_address", "c_sid", "user_principal_object_id", "a_b_c"]);
  });

  test("columns of advanced hunting stand in groups", () => {
    expect(
      nameColumns({ InitiatingProcessFileName: "a", FileName: "b", IsSigned: 1, ActionType: "c" }),
    ).toEqual({
      initiating_process: { file_name: "a" },
      file: { name: "b" },
      is_signed: true,
      action: { type: "c" },
    });
  });
});

/** Values of every kind under every key that a source asks for. */
const hostile = [null, true, 7, "x", "", [], [null], {}, { __proto__: 1 }, [[{}]], '{"a":1}'];

test.each(cloudSources.map((source) => [source.name, source] as const))(
  "%s takes whatever its keys hold",
  (_, source) => {
    for (const value of hostile) {
      for (const other of hostile) {
        const raw = {
          ...Object.fromEntries(source.keys.map((key) => [key, value])),
          properties: other,
          actor: other,
          identity: other,
          requestParameters: other,
          userIdentity: other,
          protoPayload: other,
          target: other,
          Parameters: other,
          annotations: other,
          time: other,
        };
        expect(() => {
          source.recognise(raw);
          source.read(raw);
        }).not.toThrow();
      }
    }
    expect(({} as Fields).a).toBeUndefined();
  },
);
