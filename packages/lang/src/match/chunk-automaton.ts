/**
 * Finds many short texts in one pass over a long one (Aho and Corasick, 1975). Transitions are one
 * dense table over the characters that occur in the chunks; all others lead back to the start.
 */
export interface ChunkAutomaton {
  /** Numbers of the chunks that occur in `text`, each once; how many there are. They are at the front of `found`. */
  readonly scan: (text: string) => number;
  readonly found: Int32Array;
  readonly states: number;
  readonly byteLength: number;
}

interface TrieNode {
  readonly next: Map<number, number>;
  /** The chunk that ends here; -1 for none. */
  chunk: number;
}

const asciiUnits = 128;

/** The automaton as data. */
interface ChunkTable {
  /** Each UTF-16 unit of the chunks has a class, from 1. Class 0: all others. */
  readonly classes: ReadonlyMap<number, number>;
  /** Classes, and columns of `next`. */
  readonly width: number;
  /**
   * A state is known by where its row begins. The row behind a state for each class; `~row` when some
   * chunk ends there.
   */
  readonly next: Int32Array;
  /** By state (row / width): the chunk that ends there; -1 for none. */
  readonly chunkAt: Int32Array;
  /** By state: the longest shorter suffix that is a whole chunk; 0 for none. */
  readonly shorter: Int32Array;
}

function buildChunkTable(chunks: readonly string[]): ChunkTable {
  const classes = classesOf(chunks);
  const width = classes.size + 1;
  const trie = buildTrie(chunks, classes);
  const chunkAt = Int32Array.from(trie, (node) => node.chunk);
  return { classes, width, chunkAt, ...fillTable(trie, width) };
}

/** `chunks` are different and not empty. A chunk's number is its place in the list. */
export function buildChunkAutomaton(chunks: readonly string[]): ChunkAutomaton {
  const { classes, width, next, chunkAt, shorter } = buildChunkTable(chunks);

  const ascii = new Uint16Array(asciiUnits);
  for (const [unit, unitClass] of classes) if (unit < asciiUnits) ascii[unit] = unitClass;

  const found = new Int32Array(chunks.length);
  /** The scan that found the chunk last. */
  const foundIn = new Float64Array(chunks.length);
  let scans = 0;

  return {
    found,
    states: chunkAt.length,
    byteLength: next.byteLength + shorter.byteLength + chunkAt.byteLength,
    scan: (text) => {
      if (chunks.length === 0) return 0;
      scans += 1;
      let count = 0;
      let row = 0;
      for (let index = 0; index < text.length; index += 1) {
        const unit = text.charCodeAt(index);
        const unitClass = unit < asciiUnits ? (ascii[unit] ?? 0) : (classes.get(unit) ?? 0);
        row = next[row + unitClass] ?? 0;
        if (row >= 0) continue;
        row = ~row;
        for (let at = row / width; at !== 0; at = shorter[at] ?? 0) {
          const chunk = chunkAt[at] ?? -1;
          if (chunk < 0) continue;
          // What was found before was found with all that is shorter.
          if (foundIn[chunk] === scans) break;
          foundIn[chunk] = scans;
          found[count] = chunk;
          count += 1;
        }
      }
      return count;
    },
  };
}

/** Each UTF-16 unit of the chunks gets a number from 1. */
function classesOf(chunks: readonly string[]): ReadonlyMap<number, number> {
  const classes = new Map<number, number>();
  for (const chunk of chunks) {
    for (let index = 0; index < chunk.length; index += 1) {
      const unit = chunk.charCodeAt(index);
      if (!classes.has(unit)) classes.set(unit, classes.size + 1);
    }
  }
  return classes;
}

function buildTrie(
  chunks: readonly string[],
  classes: ReadonlyMap<number, number>,
): readonly TrieNode[] {
  const trie: TrieNode[] = [{ next: new Map(), chunk: -1 }];
  chunks.forEach((text, chunk) => {
    let node = trie[0];
    for (let index = 0; index < text.length && node !== undefined; index += 1) {
      const unitClass = classes.get(text.charCodeAt(index)) ?? 0;
      let state = node.next.get(unitClass);
      if (state === undefined) {
        state = trie.push({ next: new Map(), chunk: -1 }) - 1;
        node.next.set(unitClass, state);
      }
      node = trie[state];
    }
    if (node !== undefined) node.chunk = chunk;
  });
  return trie;
}

/** Breadth first, so that the state of a proper suffix is always complete. */
function fillTable(
  trie: readonly TrieNode[],
  width: number,
): { readonly next: Int32Array; readonly shorter: Int32Array } {
  const target = new Int32Array(trie.length * width);
  const shorter = new Int32Array(trie.length);
  const suffixOf = new Int32Array(trie.length);
  const queue = [0];
  for (const state of queue) {
    const suffix = suffixOf[state] ?? 0;
    if (state !== 0) target.copyWithin(state * width, suffix * width, (suffix + 1) * width);
    for (const [unitClass, below] of trie[state]?.next ?? []) {
      const afterSuffix = state === 0 ? 0 : (target[suffix * width + unitClass] ?? 0);
      target[state * width + unitClass] = below;
      suffixOf[below] = afterSuffix;
      const isChunk = (trie[afterSuffix]?.chunk ?? -1) !== -1;
      shorter[below] = isChunk ? afterSuffix : (shorter[afterSuffix] ?? 0);
      queue.push(below);
    }
  }
  const endsChunk = trie.map(({ chunk }, state) => chunk !== -1 || shorter[state] !== 0);
  const next = target.map((state) =>
    endsChunk[state] === true ? ~(state * width) : state * width,
  );
  return { next, shorter };
}
