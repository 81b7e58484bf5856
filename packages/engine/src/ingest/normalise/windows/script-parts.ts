import { type Fields, setField } from "../fields.ts";
import { numberOf, textOf, type WindowsRecord } from "./record.ts";

/** The parts of one script block that have come so far. */
interface OpenBlock {
  readonly parts: Map<number, string>;
  readonly total: number;
  length: number;
}

/** Enough for all hosts of a collector that write at the same time; little enough to be held. */
const mostBlocks = 256;
const mostCharacters = 32 * 1024 * 1024;

/** Where the whole text of a script stands: on the event that completes it. The field is ours; Elastic joins nothing. */
const wholeText = "harrier.powershell.script_block_text";

/**
 * Joins the parts of large scripts. PowerShell cuts them into several events 4104 with one ScriptBlockId;
 * each stays as it is, and the one that completes the script gets the whole text as well. The oldest
 * scripts are given up where too many wait for their parts.
 */
export class ScriptParts {
  readonly #open = new Map<string, OpenBlock>();
  #characters = 0;

  /** Whether a script waits for a part. */
  get isWaiting(): boolean {
    return this.#open.size > 0;
  }

  /** Takes a part, if the event is one, and writes to its document if it is the one that was missing. */
  take(record: WindowsRecord, document: Fields): void {
    if (record.eventId !== "4104") return;
    const { data } = record;
    const total = numberOf(textOf(data, "MessageTotal"));
    const number = numberOf(textOf(data, "MessageNumber"));
    const id = textOf(data, "ScriptBlockId");
    const text = data.ScriptBlockText;
    if (total === undefined || number === undefined || id === undefined) return;
    if (total < 2 || number < 1 || number > total || typeof text !== "string") return;
    const key = `${record.computer ?? ""} ${id}`;
    const block = this.#open.get(key) ?? { parts: new Map<number, string>(), total, length: 0 };
    if (block.total !== total || block.parts.has(number)) return;
    block.parts.set(number, text);
    block.length += text.length;
    this.#characters += text.length;
    this.#open.set(key, block);
    if (block.parts.size === total) {
      setField(document, wholeText, joinParts(block));
      this.#close(key, block);
    } else this.#makeRoom();
  }

  #makeRoom(): void {
    for (const [key, block] of this.#open) {
      if (this.#open.size <= mostBlocks && this.#characters <= mostCharacters) return;
      this.#close(key, block);
    }
  }

  #close(key: string, block: OpenBlock): void {
    this.#open.delete(key);
    this.#characters -= block.length;
  }
}

function joinParts({ parts }: OpenBlock): string {
  return [...parts]
    .sort(([a], [b]) => a - b)
    .map(([, text]) => text)
    .join("");
}
