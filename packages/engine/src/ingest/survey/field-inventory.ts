import type { EventDocument } from "@harrier/lang/match";
import { sampleOf } from "../event.ts";

export type ValueType = "text" | "number" | "boolean";

/** A field of the events, and where it comes from. */
export interface FieldReport {
  readonly field: string;
  /** Events that have it. */
  readonly events: number;
  /** What its values are, the most frequent first. */
  readonly types: readonly ValueType[];
  /** Sources of the events that have it, the most frequent first. */
  readonly sources: readonly { readonly name: string; readonly events: number }[];
  /** Its first value, cut where it is long. Hostile. */
  readonly example: string;
}

/** Fields that are told apart; an event may make up any number of names. */
const mostFields = 50_000;
/** As deep as an event's fields are followed. */
const deepest = 32;

interface Entry {
  events: number;
  /** The number of the last event that had it. */
  seenAt: number;
  readonly types: Map<ValueType, number>;
  readonly sources: Map<string, number>;
  readonly example: string;
}

interface Branch {
  readonly children: Map<string, Branch>;
  entry: Entry | undefined;
}

/** Which fields arrive from where. */
export class FieldInventory {
  readonly #root: Branch = { children: new Map(), entry: undefined };
  readonly #sources = new Map<string, number>();
  #events = 0;
  #fields = 0;
  #isCut = false;

  /** Whether there were more fields than are told apart. */
  get isCut(): boolean {
    return this.#isCut;
  }

  get events(): number {
    return this.#events;
  }

  /** Events by source, in the order of their first one. */
  get sources(): ReadonlyMap<string, number> {
    return this.#sources;
  }

  add(document: EventDocument, source: string): void {
    this.#events += 1;
    this.#sources.set(source, (this.#sources.get(source) ?? 0) + 1);
    this.#visit(document, this.#root, source, 0);
  }

  /** By name. */
  report(): readonly FieldReport[] {
    const reports: FieldReport[] = [];
    const visit = ({ children, entry }: Branch, path: readonly string[]) => {
      if (entry !== undefined) reports.push(reportOf(path.join("."), entry));
      for (const [name, child] of children) visit(child, [...path, name]);
    };
    visit(this.#root, []);
    return reports.sort((a, b) => (a.field < b.field ? -1 : 1));
  }

  #visit(value: unknown, at: Branch, source: string, depth: number): void {
    if (Array.isArray(value)) {
      for (const each of value) this.#visit(each, at, source, depth);
      return;
    }
    if (typeof value !== "object" || value === null) {
      this.#note(value, at, source);
      return;
    }
    if (depth >= deepest) {
      this.#isCut = true;
      return;
    }
    for (const [name, member] of Object.entries(value)) {
      // A field may be spelled by its whole path, and both ways in one log.
      const child = this.#branchOf(at, name.split("."));
      if (child !== undefined) this.#visit(member, child, source, depth + 1);
    }
  }

  #branchOf(at: Branch, names: readonly string[]): Branch | undefined {
    let branch = at;
    for (const name of names) {
      let child = branch.children.get(name);
      if (child === undefined) {
        if (this.#fields >= mostFields) {
          this.#isCut = true;
          return undefined;
        }
        this.#fields += 1;
        child = { children: new Map(), entry: undefined };
        branch.children.set(name, child);
      }
      branch = child;
    }
    return branch;
  }

  #note(value: unknown, at: Branch, source: string): void {
    const type = typeOf(value);
    if (type === undefined) return;
    at.entry ??= {
      events: 0,
      seenAt: 0,
      types: new Map(),
      sources: new Map(),
      example: sampleOf(String(value)),
    };
    const { entry } = at;
    if (entry.seenAt === this.#events) return;
    entry.seenAt = this.#events;
    entry.events += 1;
    entry.types.set(type, (entry.types.get(type) ?? 0) + 1);
    entry.sources.set(source, (entry.sources.get(source) ?? 0) + 1);
  }
}

function typeOf(value: unknown): ValueType | undefined {
  if (typeof value === "string") return "text";
  if (typeof value === "number" || typeof value === "bigint") return "number";
  return typeof value === "boolean" ? "boolean" : undefined;
}

function reportOf(field: string, { events, types, sources, example }: Entry): FieldReport {
  const byCount = <T>(counts: ReadonlyMap<T, number>) => [...counts].sort(([, a], [, b]) => b - a);
  return {
    field,
    events,
    types: byCount(types).map(([type]) => type),
    sources: byCount(sources).map(([name, count]) => ({ name, events: count })),
    example,
  };
}
