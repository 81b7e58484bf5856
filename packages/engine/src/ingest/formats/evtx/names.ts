import { DamageError } from "../../bytes/damage.ts";
import { type ChunkBytes, hexOf } from "./chunk-bytes.ts";

/** The name of an element or of an attribute. */
export interface Name {
  readonly text: string;
  /** Without a prefix. */
  readonly local: string;
  /** Bytes that it takes where it stands in the text. */
  readonly length: number;
}

/** Before the characters: where the next name with the same hash is, the hash, the number of characters. */
const headLength = 8;
const longestName = 256;

/** The names of a chunk. Each stands in the text where it first occurs, and is referred to afterwards. */
export class Names {
  readonly #bytes: ChunkBytes;
  readonly #names = new Map<number, Name>();

  constructor(bytes: ChunkBytes) {
    this.#bytes = bytes;
  }

  at(offset: number): Name {
    const known = this.#names.get(offset);
    if (known !== undefined) return known;
    const characters = this.#bytes.u16(offset + 6);
    const start = offset + headLength;
    if (characters === 0 || characters > longestName) throw noName(offset);
    const text = this.#bytes.utf16(start, start + 2 * characters);
    if (!isXmlName(text)) throw noName(offset);
    const local = text.slice(text.indexOf(":") + 1);
    // A null character follows.
    const name = {
      text: intern(text),
      local: intern(local),
      length: headLength + 2 * characters + 2,
    };
    this.#names.set(offset, name);
    return name;
  }
}

function noName(offset: number): DamageError {
  return new DamageError("damaged", `there is no name at ${hexOf(offset)}`);
}

/** Whether nobody who reads the XML could take it for anything else. */
function isXmlName(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit <= 0x20 || (unit < 0x80 && forbidden.includes(text[index] ?? ""))) return false;
  }
  return true;
}

const forbidden = "<>&'\"/=?!";

/** The names that occur in every event, so that comparing them with ours compares no characters. */
const common: ReadonlyMap<string, string> = new Map(
  [
    "Event",
    "System",
    "EventData",
    "UserData",
    "RenderingInfo",
    "Data",
    "Name",
    "Provider",
    "Guid",
    "EventSourceName",
    "EventID",
    "Qualifiers",
    "Version",
    "Level",
    "Task",
    "Opcode",
    "Keywords",
    "TimeCreated",
    "SystemTime",
    "EventRecordID",
    "Correlation",
    "ActivityID",
    "RelatedActivityID",
    "Execution",
    "ProcessID",
    "ThreadID",
    "Channel",
    "Computer",
    "Security",
    "UserID",
  ].map((name) => [name, name]),
);

function intern(name: string): string {
  return common.get(name) ?? name;
}
