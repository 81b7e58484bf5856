/**
 * Finds many short texts in one pass over a long one (Aho and Corasick, 1975). Transitions are one
 * dense table over the characters that occur in the chunks; all others lead back to the start.
 */
export interface ChunkAutomaton {
  /** Calls `onChunk` with the number of each chunk that occurs in `text`, as often as it occurs. */
  readonly scan: (text: string, onChunk: (chunk: number) => void) => void;
}

interface TrieNode {
  readonly next: Map<number, number>;
  /** The chunk that ends here; -1 for none. */
  chunk: number;
}

const asciiUnits = 128;

/** `chunks` are different and not empty. A chunk's number is its place in the list. */
export function buildChunkAutomaton(chunks: readonly string[]): ChunkAutomaton {
  const classes = classesOf(chunks);
  const width = classes.size + 1;
  const trie = buildTrie(chunks, classes);
  const table = new Int32Array(trie.length * width);
  const found = Int32Array.from(trie, (node) => node.chunk);
  /** The longest shorter suffix of the state that is a whole chunk; 0 for none. */
  const shorter = new Int32Array(trie.length);
  fillTable(trie, width, table, found, shorter);

  const ascii = new Int32Array(asciiUnits);
  for (const [unit, unitClass] of classes) if (unit < asciiUnits) ascii[unit] = unitClass;
  const classOf = (unit: number): number =>
    (unit < asciiUnits ? ascii[unit] : classes.get(unit)) ?? 0;

  return {
    scan: (text, onChunk) => {
      let state = 0;
      for (let index = 0; index < text.length; index += 1) {
        state = table[state * width + classOf(text.charCodeAt(index))] ?? 0;
        for (let at = state; at !== 0; at = shorter[at] ?? 0) {
          const chunk = found[at] ?? -1;
          if (chunk >= 0) onChunk(chunk);
        }
      }
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
  table: Int32Array,
  found: Int32Array,
  shorter: Int32Array,
): void {
  const suffixOf = new Int32Array(trie.length);
  const queue = [0];
  for (const state of queue) {
    const suffix = suffixOf[state] ?? 0;
    for (let unitClass = 1; unitClass < width; unitClass += 1) {
      const next = trie[state]?.next.get(unitClass);
      const afterSuffix = state === 0 ? 0 : (table[suffix * width + unitClass] ?? 0);
      table[state * width + unitClass] = next ?? afterSuffix;
      if (next === undefined) continue;
      suffixOf[next] = afterSuffix;
      shorter[next] = found[afterSuffix] === -1 ? (shorter[afterSuffix] ?? 0) : afterSuffix;
      queue.push(next);
    }
  }
}
