/**
 * Files in pieces, for readers on other threads.
 *
 * `cutBlocks` opens the inputs, unpacks them and cuts their text into blocks, one input after the other. A
 * `FileReading` takes the blocks of one file and gives its events. What came earlier in a file may matter to
 * what comes: a list is open, a clock is being learnt. Then one reading must take all of its blocks. But mostly
 * it does not: `here` tells where another reading can go on, and `isByLine` that a block read by itself, as if it
 * were in the middle of a log of one event a line, has the same events as in its place.
 */
export { type CutFile, type CutItem, type CutOptions, cutBlocks } from "./cut-blocks.ts";
export { type Ending, type FileFacts, FileReading } from "./file-reading.ts";
export {
  deepestLine,
  isPlainLine,
  otherLineKeys,
  plainLineFields,
} from "./plain-lines.ts";
