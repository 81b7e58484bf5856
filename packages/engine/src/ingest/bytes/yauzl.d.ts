// The part of yauzl 3.4 that zip.ts uses; the package brings no types.
declare module "yauzl" {
  import type { Readable } from "node:stream";

  export interface Entry {
    readonly fileNameRaw: Buffer;
    readonly generalPurposeBitFlag: number;
    readonly extraFields: readonly { readonly id: number; readonly data: Buffer }[];
    readonly compressionMethod: number;
    readonly compressedSize: number;
    readonly crc32: number;
    readonly externalFileAttributes: number;
    readonly lastModFileTime: number;
  }

  export interface ZipFile {
    eachEntry(): AsyncIterableIterator<Entry>;
    openReadStreamPromise(
      entry: Entry,
      options: { readonly decodeFileData: boolean },
    ): Promise<Readable>;
  }

  export interface Options {
    /** `false`: names stay bytes and are not checked. */
    readonly decodeStrings?: boolean;
    readonly autoClose?: boolean;
  }

  export class RandomAccessReader {
    /** Gives the bytes from `start` up to, not with, `end`. */
    _readStreamForRange(start: number, end: number): Readable;
    /** Fills `length` bytes from `offset` with what stands at `position`. */
    read(
      buffer: Buffer,
      offset: number,
      length: number,
      position: number,
      callback: (error?: unknown) => void,
    ): void;
  }

  export function fromBufferPromise(buffer: Buffer, options: Options): Promise<ZipFile>;
  export function fromRandomAccessReaderPromise(
    reader: RandomAccessReader,
    totalSize: number,
    options: Options,
  ): Promise<ZipFile>;
  export function getFileNameLowLevel(
    generalPurposeBitFlag: number,
    fileNameRaw: Buffer,
    extraFields: Entry["extraFields"],
    strictFileNames: boolean,
  ): string;
}
