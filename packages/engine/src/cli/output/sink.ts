import { once } from "node:events";
import { createWriteStream, type WriteStream } from "node:fs";
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
 * the end where nothing was written. An existing file is an error without `overwrite`.
 */
export function fileSink(path: string, overwrite: boolean): Sink {
  let file: WriteStream | undefined;
  let failure: Error | undefined;
  const open = (): WriteStream => {
    const made = createWriteStream(path, { flags: overwrite ? "w" : "wx" });
    made.on("error", (error) => {
      failure ??= error;
    });
    return made;
  };
  const check = () => {
    if (failure === undefined) return;
    const message = `cannot write ${visibleText(path)}: ${describeError(failure)}`;
    throw new OutputError(message, { cause: failure });
  };
  return {
    write: async (text) => {
      check();
      file ??= open();
      if (!file.write(text) && failure === undefined) await once(file, "drain").catch(() => {});
      check();
    },
    end: async () => {
      const last = file ?? open();
      last.end();
      if (failure === undefined) await once(last, "close").catch(() => {});
      check();
    },
  };
}
