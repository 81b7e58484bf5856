import { createWriteStream } from "node:fs";
import { createGzip } from "node:zlib";
import { describeError } from "../../describe-error.ts";
import { OutputError } from "../exit.ts";
import type { TextStream } from "../terminal.ts";
import { visibleText } from "./terminal-text.ts";

/** Where data goes: stdout or a file. Small writes are put together; `write` waits when the reader is slow. */
export interface Sink {
  readonly write: (text: string) => void | Promise<void>;
  /** Writes what is left. Call it once, also after an interruption. */
  readonly end: () => Promise<void>;
}

const chunkSize = 64 * 1024;

/** Writes to a stream that stays open: to a terminal at once, else at the end of this turn of the loop. */
export function streamSink({ stream, isTerminal }: TextStream): Sink {
  let pending = "";
  let scheduled: NodeJS.Immediate | undefined;

  const flush = (): boolean => {
    if (scheduled !== undefined) clearImmediate(scheduled);
    scheduled = undefined;
    const text = pending;
    pending = "";
    return text === "" || stream.write(text);
  };

  return {
    write: (text) => {
      pending += text;
      if (isTerminal || pending.length >= chunkSize) return flush() ? undefined : drained(stream);
      scheduled ??= setImmediate(flush);
      return undefined;
    },
    end: async () => {
      if (!flush()) await drained(stream);
    },
  };
}

/** Resolves when the stream takes more, or never will again: what failed is told by whoever owns the stream. */
function drained(stream: NodeJS.WritableStream): Promise<void> {
  const events = ["drain", "close", "error"];
  return new Promise((resolve) => {
    const settle = () => {
      for (const event of events) stream.removeListener(event, settle);
      resolve();
    };
    for (const event of events) stream.once(event, settle);
  });
}

/**
 * A file that is made with the first write, so that a run that reads its folder does not meet it, or at
 * the end where nothing was written. Packed with gzip where its name ends in `.gz`. An existing file is an
 * error without `overwrite`.
 */
export function fileSink(path: string, overwrite: boolean): Sink {
  let output: Output | undefined;
  let failure: Error | undefined;
  const open = () =>
    openOutputFile(path, overwrite, (error) => {
      failure ??= error;
    });
  const check = () => {
    if (failure === undefined) return;
    const message = `cannot write ${visibleText(path)}: ${describeError(failure)}`;
    throw new OutputError(message, { cause: failure });
  };
  return {
    write: async (text) => {
      check();
      output ??= open();
      if (!output.target.write(text)) await Promise.race([drained(output.target), output.closed]);
      check();
    },
    end: async () => {
      const last = output ?? open();
      last.target.end();
      await last.closed;
      check();
    },
  };
}

interface Output {
  readonly target: NodeJS.WritableStream;
  /** Resolves when the file is closed, also after a failure. */
  readonly closed: Promise<void>;
}

function openOutputFile(path: string, overwrite: boolean, onError: (error: Error) => void): Output {
  const file = createWriteStream(path, { flags: overwrite ? "w" : "wx" });
  file.on("error", onError);
  const closed = new Promise<void>((resolve) => file.once("close", resolve));
  if (!path.endsWith(".gz")) return { target: file, closed };
  const target = createGzip();
  target.pipe(file);
  file.once("close", () => target.destroy());
  return { target, closed };
}
