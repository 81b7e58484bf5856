import {
  type CutFile,
  type Ending,
  firstLine,
  type InputFinding,
  joinTimeDoubts,
  type LineStart,
  noTimeDoubts,
  reportTimeDoubts,
} from "../../ingest/index.ts";
import { idlestOf, type Lane, type ScannedBlock } from "./lane.ts";
import type { BlockOrder } from "./scanner.ts";

/** A block that is under way. */
export interface SentBlock {
  readonly ending: Ending;
  /** Its result; another one where it is read again. */
  scanned: Promise<ScannedBlock>;
  isApart: boolean;
}

/** A block that has its place, with all that was found up to it. */
export interface PlacedBlock {
  readonly block: ScannedBlock;
  readonly findings: readonly InputFinding[];
}

/**
 * The blocks of one file on their way through the lanes. Each is sent as it comes, to be read apart where lines
 * may stand alone. When a block's turn has come, the state in which the blocks before it leave the file says
 * whether that was right. If it was not, the block is read again, from that state. And where even its end leaves
 * something open, those behind it follow it, one after the other, on the same lane.
 */
export class FileRun {
  readonly #number: number;
  readonly #file: CutFile;
  /** Those that were sent and have no place yet, in order. */
  readonly #underWay: SentBlock[] = [];
  /** Where the next block to be placed begins; `undefined` where only the reading on the lane can go on. */
  #at: LineStart | undefined = firstLine;
  /** Who has the reading that began last. */
  #lane: Lane | undefined;
  #isOneByOne: boolean;
  /** Done when the last block that goes on with that reading was sent. */
  #sent: Promise<void> = Promise.resolve();
  #doubts = noTimeDoubts;
  #isOver = false;

  constructor(number: number, file: CutFile) {
    this.#number = number;
    this.#file = file;
    this.#isOneByOne = !file.isByLines;
  }

  /** Sends the next block. */
  send(bytes: Uint8Array<ArrayBuffer>, ending: Ending, lanes: readonly Lane[]): SentBlock {
    const isApart = this.#lane !== undefined && !this.#isOneByOne && lanes.length > 1;
    const sent: SentBlock = { ending, isApart, scanned: this.#scan(bytes, ending, isApart, lanes) };
    // Whoever waits for it hears of a failure; nobody waits yet.
    sent.scanned.catch(() => undefined);
    this.#underWay.push(sent);
    return sent;
  }

  /** Waits for the block that was sent first. `undefined` where the file was over before it. */
  async place(sent: SentBlock, lanes: readonly Lane[]): Promise<PlacedBlock | undefined> {
    const scanned = await sent.scanned;
    this.#underWay.shift();
    if (this.#isOver) return undefined;
    const { ending } = sent;
    if (sent.isApart && this.#at !== undefined && isRightAnywhere(scanned, ending, this.#at)) {
      const linesBefore = this.#at.line - 1;
      this.#at = { ...this.#at, line: linesBefore + (scanned.here?.line ?? 1) };
      return this.#take(scanned, linesBefore, ending !== "more");
    }
    const block = sent.isApart ? await this.#readAgain(bytesOf(scanned), ending, lanes) : scanned;
    this.#at = block.here;
    if (this.#file.isByLines) {
      this.#isOneByOne = block.here === undefined;
      if (this.#isOneByOne) this.#sendRestOn();
    }
    return this.#take(block, 0, block.isDone);
  }

  #scan(
    bytes: Uint8Array<ArrayBuffer>,
    ending: Ending,
    isApart: boolean,
    lanes: readonly Lane[],
  ): Promise<ScannedBlock> {
    if (isApart) return idlestOf(lanes).scan(this.#order("apart", bytes, ending));
    if (this.#lane !== undefined) return this.#sendOn(Promise.resolve(bytes), ending);
    this.#lane = idlestOf(lanes);
    return this.#lane.scan(this.#order(firstLine, bytes, ending));
  }

  /** Reads a block from where the file has come to. */
  #readAgain(
    bytes: Uint8Array<ArrayBuffer>,
    ending: Ending,
    lanes: readonly Lane[],
  ): Promise<ScannedBlock> {
    if (this.#at === undefined) throw new Error("a block was read apart behind an open one");
    this.#lane?.leave(this.#number);
    this.#lane = idlestOf(lanes);
    return this.#lane.scan(this.#order(this.#at, bytes, ending));
  }

  /** Those that are under way were read apart in vain. */
  #sendRestOn(): void {
    for (const sent of this.#underWay) {
      if (!sent.isApart) continue;
      sent.isApart = false;
      sent.scanned = this.#sendOn(sent.scanned.then(bytesOf), sent.ending);
      sent.scanned.catch(() => undefined);
    }
  }

  /** Sends a block to the reading at hand, once it is there and those before it were sent. */
  async #sendOn(bytes: Promise<Uint8Array<ArrayBuffer>>, ending: Ending): Promise<ScannedBlock> {
    const lane = this.#lane;
    if (lane === undefined) throw new Error("there is no reading to go on");
    const scanned = this.#sent.then(async () => {
      const order = this.#order("on", await bytes, ending);
      return { scanned: lane.scan(order) };
    });
    this.#sent = scanned.then(() => undefined);
    this.#sent.catch(() => undefined);
    return (await scanned).scanned;
  }

  #order(from: BlockOrder["from"], bytes: Uint8Array<ArrayBuffer>, ending: Ending): BlockOrder {
    return { file: this.#number, facts: this.#file.facts, from, bytes, ending };
  }

  #take(block: ScannedBlock, linesBefore: number, isLast: boolean): PlacedBlock {
    const findings = block.findings.map((finding) => moveDown(finding, linesBefore));
    this.#doubts = joinTimeDoubts(this.#doubts, block.doubts, linesBefore);
    if (isLast) {
      this.#isOver = true;
      this.#lane?.leave(this.#number);
      this.#file.leave();
      const input = this.#file.facts.name;
      reportTimeDoubts(this.#doubts, (finding) => findings.push({ input, ...finding }));
    }
    return { block, findings };
  }
}

/** Whether a block that was read apart has the same events where it is. */
function isRightAnywhere(block: ScannedBlock, ending: Ending, at: LineStart): boolean {
  const isWhole = block.here !== undefined || ending === "end";
  return block.isByLine && isWhole && at.state !== "fresh";
}

function moveDown(finding: InputFinding, lines: number): InputFinding {
  const { position } = finding;
  return position === undefined || lines === 0
    ? finding
    : { ...finding, position: position + lines };
}

/** The bytes of a block that was read apart. */
function bytesOf({ bytes }: ScannedBlock): Uint8Array<ArrayBuffer> {
  if (bytes === undefined) throw new Error("a lane kept a block that it read apart");
  return bytes;
}
