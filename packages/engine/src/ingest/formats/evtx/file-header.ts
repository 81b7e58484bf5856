import { addCrc32 } from "../../bytes/crc32.ts";
import type { Finding } from "../../finding.ts";

export const fileSignature: Buffer = Buffer.from("ElfFile\0");

/** What is read of the header; its block is as long, and chunks follow. */
export const fileHeadLength = 4_096;

const isDirty = 1;
const isFull = 2;

/** What the header of a file says of it that a reader of the events should know. */
export function checkFileHeader(header: Buffer): readonly Finding[] {
  const findings: Finding[] = [];
  if (addCrc32(0, header.subarray(0, 120)) !== header.readUInt32LE(124)) {
    findings.push({
      code: "damaged",
      message: "the file's header is not as it was written: its checksum is wrong",
    });
  }
  const major = header.readUInt16LE(38);
  const minor = header.readUInt16LE(36);
  if (major !== 3 || minor > 2) {
    findings.push({
      code: "damaged",
      message: `the log is of version ${major}.${minor}; known are 3.0 to 3.2`,
    });
  }
  const flags = header.readUInt32LE(120);
  if ((flags & isDirty) !== 0) {
    findings.push({
      code: "incomplete",
      message: "the log was copied while it was open: the last events may not be in it",
    });
  }
  if ((flags & isFull) !== 0) {
    findings.push({
      code: "incomplete",
      message: "the log was full: later events are not in it",
    });
  }
  return findings;
}
