import { fieldValues } from "@harrier/lang/match";
import type { AlertDocument } from "../alerts/index.ts";
import type { Severity } from "../rules/index.ts";
import type { RunningRule } from "./running-rule.ts";
import type { HuntSummary } from "./summary.ts";

/** Hosts named in the summary. */
const hostsNamed = 10;

/** What was found: gives each alert out once, and counts. */
export class Ledger {
  readonly #give: (alert: AlertDocument) => void | Promise<void>;
  readonly #readOn: (alert: AlertDocument) => Promise<void>;
  readonly #limit: number;
  readonly #ids = new Set<string>();
  readonly #byRule = new Map<number, number>();
  readonly #bySeverity: Record<Severity, number> = { low: 0, medium: 0, high: 0, critical: 0 };
  readonly #rulesBySeverity = new Map<Severity, Set<number>>();
  readonly #byHost = new Map<string, number>();
  #given = 0;
  #alerts = 0;
  #buildingBlocks = 0;
  #duplicates = 0;
  #heldBack = 0;
  #ownAlertsIgnored = 0;

  /** `readOn` takes every alert and block, given out or not, after it was. */
  constructor(
    give: (alert: AlertDocument) => void | Promise<void>,
    limit: number | undefined,
    readOn: (alert: AlertDocument) => Promise<void>,
  ) {
    this.#give = give;
    this.#readOn = readOn;
    this.#limit = limit ?? Number.POSITIVE_INFINITY;
  }

  get alerts(): number {
    return this.#alerts;
  }

  /** An alert of the rule, with the blocks of its sequence. Waits until it is taken. */
  async add(
    { place }: RunningRule,
    alert: AlertDocument,
    blocks: readonly AlertDocument[] = [],
  ): Promise<void> {
    const id = alert["kibana.alert.uuid"];
    if (this.#ids.has(id)) {
      this.#duplicates += 1;
      return;
    }
    this.#ids.add(id);
    this.#byRule.set(place, (this.#byRule.get(place) ?? 0) + 1);
    this.#buildingBlocks += blocks.length;
    if (alert["kibana.alert.building_block_type"] !== undefined) this.#buildingBlocks += 1;
    else this.#count(place, alert, blocks);
    const made = [alert, ...blocks];
    if (this.#given >= this.#limit) this.#heldBack += 1;
    else {
      this.#given += 1;
      for (const each of made) await this.#give(each);
    }
    for (const each of made) await this.#readOn(each);
  }

  ignoreOwnAlert(): void {
    this.#ownAlertsIgnored += 1;
  }

  /** How many alerts the rule made. */
  alertsOf({ place }: RunningRule): number {
    return this.#byRule.get(place) ?? 0;
  }

  summarise(): Pick<
    HuntSummary,
    | "alerts"
    | "alertsBySeverity"
    | "rulesBySeverity"
    | "buildingBlocks"
    | "duplicates"
    | "alertsHeldBack"
    | "ownAlertsIgnored"
    | "topHosts"
  > {
    const rulesOf = (severity: Severity) => this.#rulesBySeverity.get(severity)?.size ?? 0;
    return {
      alerts: this.#alerts,
      alertsBySeverity: { ...this.#bySeverity },
      rulesBySeverity: {
        low: rulesOf("low"),
        medium: rulesOf("medium"),
        high: rulesOf("high"),
        critical: rulesOf("critical"),
      },
      buildingBlocks: this.#buildingBlocks,
      duplicates: this.#duplicates,
      alertsHeldBack: this.#heldBack,
      ownAlertsIgnored: this.#ownAlertsIgnored,
      topHosts: [...this.#byHost]
        .map(([host, alerts]) => ({ host, alerts }))
        .sort((a, b) => b.alerts - a.alerts || (a.host < b.host ? -1 : 1))
        .slice(0, hostsNamed),
    };
  }

  #count(place: number, alert: AlertDocument, blocks: readonly AlertDocument[]): void {
    const severity = alert["kibana.alert.severity"];
    this.#alerts += 1;
    this.#bySeverity[severity] += 1;
    const rules = this.#rulesBySeverity.get(severity) ?? new Set();
    this.#rulesBySeverity.set(severity, rules.add(place));
    // A shell has no host when its events happened on several.
    const documents = blocks.length === 0 ? [alert] : blocks;
    const hosts = new Set(documents.flatMap((each) => fieldValues(each, "host.name").map(String)));
    for (const host of hosts) this.#byHost.set(host, (this.#byHost.get(host) ?? 0) + 1);
  }
}
