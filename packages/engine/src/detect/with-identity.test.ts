import { expect, test } from "vitest";
import { inputFromBytes } from "../ingest/index.ts";
import { keyword, ruleWith, run } from "./test-hunt.ts";

test("a condition may ask for the name of an event, which alerts do not have as a field", async () => {
  const hits = ["e1", "e2"].map((id) => {
    const source = { "@timestamp": "2026-05-01T10:00:00Z", host: { name: id } };
    return JSON.stringify({ _index: "logs-x", _id: id, _source: source });
  });
  const named = ruleWith("any where true", () => ({
    kind: "event",
    condition: { kind: "equals", field: keyword("_id"), values: ["e2"], fold: false },
    pipes: [],
  }));
  const { alerts } = await run([named], [inputFromBytes("x", hits.join("\n"))]);
  expect(alerts.map(({ host }) => host)).toEqual([{ name: "e2" }]);
  expect(alerts[0]).not.toHaveProperty("_id");
  expect(alerts[0]?.["kibana.alert.ancestors"]).toMatchObject([{ id: "e2", index: "logs-x" }]);
});
