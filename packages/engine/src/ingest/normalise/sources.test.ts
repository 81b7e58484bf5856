import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fieldValues } from "@harrier/lang/match";
import { expect, test } from "vitest";
import { normalise, security, sysmon } from "../../../test/normalise.ts";
import { hasSourceFields, sourceFields, sourceKeys } from "./sources.ts";

const xml = "<Event><System><EventID>1</EventID></System></Event>";
const winlog = { channel: "Security", event_id: 4688 };

test.each<[name: string, confidence: string, event: Record<string, unknown>]>([
  ["Windows event", "certain", { System: { Provider: "P", EventID: 1 } }],
  ["Velociraptor", "certain", { System: { Provider: { Name: "P" }, EventID: { Value: 1 } } }],
  ["Winlogbeat or Agent before its pipeline", "certain", { winlog }],
  ["unknown", "possible", { winlog, event: [{ category: "process" }] }],
  ["NXLog", "certain", { SourceModuleType: "im_msvistalog", EventID: 1 }],
  ["NXLog", "likely", { EventReceivedTime: "2026-01-05 08:00:00", EventID: 1, Channel: "System" }],
  ["Winlogbeat 6", "certain", { log_name: "Security", event_id: 4688 }],
  ["evtx_dump", "certain", { Event: { System: { EventID: 1 } } }],
  ["EvtxECmd", "certain", { Payload: "{}", EventId: 1, Channel: "System", RecordNumber: 1 }],
  ["Azure Log Analytics", "certain", { Type: "Event", TimeGenerated: "x", EventID: 1 }],
  ["Azure Log Analytics", "likely", { Computer: "a", TimeGenerated: "x", EventID: 1 }],
  ["Windows event XML as text", "likely", { _raw: xml }],
  ["Windows event XML as text", "likely", { result: { _raw: xml } }],
  ["flattened Windows events", "likely", sysmon(1, {})],
  ["flattened Windows events", "likely", security(4688, {})],
  ["Elastic Defend", "certain", { agent: { type: "endpoint" } }],
  ["Winlogbeat", "certain", { agent: { type: "winlogbeat" }, winlog, event: { category: ["x"] } }],
  ["ECS", "certain", { ecs: { version: "8.11" } }],
  ["ECS", "likely", { "@timestamp": "2026-01-05T08:00:00Z", event: { kind: "event" } }],
  ["unknown", "possible", { message: "hello" }],
  ["unknown", "possible", { EventID: { Value: 1 }, Channel: "x" }],
  ["unknown", "possible", { System: "x", Event: 1, winlog: [], Payload: 4 }],
])("%s, %s", (name, confidence, event) => {
  const [found] = normalise([event]).events;
  expect(found?.source).toEqual({ name, confidence });
  // Who looks at few keys and fields must not take an event of a source for ECS.
  const hasKey = sourceKeys.some((key) => key in event);
  const hasValue = (field: string) => fieldValues(event, field).length > 0;
  const mayBe = hasKey || sourceFields.some((fields) => hasSourceFields(fields, hasValue));
  if (found?.document !== found?.raw) expect(mayBe).toBe(true);
});

const shared = process.env.HARRIER_SHARED ?? join(import.meta.dirname, "../../../../../../shared");
const samples = join(shared, "data/elastic-defend/schema_examples");

test.skipIf(!existsSync(samples))("documents of Elastic Defend stay as they are", () => {
  const documents = readdirSync(samples)
    .filter((name) => name.endsWith(".json"))
    .map((name) => JSON.parse(readFileSync(join(samples, name), "utf8")))
    // Two are excerpts that do not say whose they are.
    .filter(({ agent }) => agent?.type !== undefined);
  const { events } = normalise(documents);
  expect(documents.length).toBeGreaterThan(10);
  const changed = events.filter(({ raw, document }) => document !== raw);
  expect(changed).toEqual([]);
  const names = new Set(events.map(({ source }) => source?.name));
  expect([...names]).toEqual(["Elastic Defend"]);
});
