import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { AlertDocument } from "../alerts/index.ts";
import { inputFromBytes } from "../ingest/index.ts";
import { runHunt } from "./hunt.ts";

/** A real reverse shell, and the public rule for such; read in place: $HARRIER_SHARED, or beside the checkout. */
const shared = process.env.HARRIER_SHARED ?? join(import.meta.dirname, "../../../../../shared");
const log = join(shared, "data/evtx/privesc_roguepotato_sysmon_17_18.evtx");
const rule = join(
  shared,
  "corpora/detection-rules/rules/windows/execution_revshell_cmd_via_netcat.toml",
);
const isThere = existsSync(log) && existsSync(rule);

async function huntLog(indices: "any" | "strict"): Promise<readonly AlertDocument[]> {
  const alerts: AlertDocument[] = [];
  await runHunt({
    paths: [log],
    stdin: inputFromBytes("-", "").open(),
    rulePaths: [rule],
    strictFields: false,
    now: 1_767_225_600_000_000_000n,
    signal: new AbortController().signal,
    indices,
    onAlert: (alert) => {
      alerts.push(alert);
    },
  });
  return alerts;
}

test.skipIf(!isThere)(
  "the reverse shell in a real log raises the public rule's alert",
  async () => {
    const alerts = await huntLog("any");
    expect(alerts).toMatchObject([
      {
        "kibana.alert.rule.name": "Potential Command Shell via NetCat",
        "kibana.alert.original_event.code": "1",
        // Sysmon's event stands in for one of Elastic Defend, and says so.
        "harrier.alert.index_listed": false,
        process: { name: "cmd.exe", parent: { name: "nc64.exe", args_count: 5 } },
      },
    ]);
    expect(await huntLog("strict")).toEqual([]);
  },
);
