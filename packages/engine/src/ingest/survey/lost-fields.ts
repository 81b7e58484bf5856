import type { IngestedEvent } from "../event.ts";
import { canonicalJson } from "../identity.ts";
import type { ReadonlyFields } from "../normalise/fields.ts";
import { hasLeaf, type LeafPath, leavesOf, withLeaf } from "./leaves.ts";

/** Makes the document of a raw event once more; what it needs beside the event is known to whoever made it. */
export type Remap = (raw: ReadonlyFields, event: IngestedEvent) => ReadonlyFields;

/** Events of one kind that are looked at closely, and kinds that are told apart. */
const eventsLookedAt = 4;
const mostKinds = 2_000;
/** Values of one event that are tried. */
const mostLeaves = 200;

/** What is known of the raw fields of one kind of event. */
interface Kind {
  looks: number;
  readonly used: Set<string>;
  readonly lost: Map<string, LeafPath>;
}

/**
 * Finds the raw fields that go nowhere. A field is lost when the document stays the same both without it and
 * with another value in it: that is true whatever a source does with its fields, and needs no list of them.
 * Tried on the first few events of each kind (source and event code); what one event of a kind uses is used.
 */
export class LostFields {
  readonly #remap: Remap;
  readonly #kinds = new Map<string, Kind>();

  constructor(remap: Remap) {
    this.#remap = remap;
  }

  /** The lost fields that this event has, each by its path. */
  in(event: IngestedEvent): readonly LeafPath[] {
    // Nothing was mapped: what the event has is what the document has.
    if (event.raw === event.document) return [];
    const kind = this.#kindOf(event);
    if (kind === undefined) return [];
    if (kind.looks < eventsLookedAt) {
      kind.looks += 1;
      this.#look(event, kind);
    }
    const paths: LeafPath[] = [];
    for (const path of kind.lost.values()) if (hasLeaf(event.raw, path)) paths.push(path);
    return paths;
  }

  #kindOf({ source, document }: IngestedEvent): Kind | undefined {
    const event = document.event as ReadonlyFields | undefined;
    const key = `${source?.name}\n${text(event?.dataset)}\n${text(event?.code ?? event?.action)}`;
    const known = this.#kinds.get(key);
    if (known !== undefined || this.#kinds.size >= mostKinds) return known;
    const kind: Kind = { looks: 0, used: new Set(), lost: new Map() };
    this.#kinds.set(key, kind);
    return kind;
  }

  #look(event: IngestedEvent, { used, lost }: Kind): void {
    const whole = canonicalJson(this.#remap(event.raw, event));
    const isSame = (raw: ReadonlyFields) => canonicalJson(this.#remap(raw, event)) === whole;
    for (const { path, value } of leavesOf(event.raw, mostLeaves)) {
      const name = path.join("\0");
      if (used.has(name)) continue;
      const isLost =
        isSame(withLeaf(event.raw, path, undefined)) &&
        isSame(withLeaf(event.raw, path, other(value)));
      if (isLost) lost.set(name, path);
      else {
        used.add(name);
        lost.delete(name);
      }
    }
  }
}

function text(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value ?? "");
}

/** Another value of the same type: of a time one seven minutes off, which is read all the same and is in no zone. */
function other(value: unknown): unknown {
  if (typeof value === "number") return value + 1;
  if (typeof value === "boolean") return !value;
  if (Array.isArray(value)) return [...value, "~"];
  const text = String(value);
  const time = /^(\d{4}-\d\d-\d\d[T ]\d\d:)(\d\d)(.*)$/s.exec(text);
  if (time === null) return `${text}~`;
  const [, before = "", minute = "", after = ""] = time;
  return `${before}${String((Number(minute) + 7) % 60).padStart(2, "0")}${after}`;
}
