import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { makeTar, makeZip, paxRecord, tarEntry } from "../../../test/archives.ts";
import { line, lines, numbersOf, readAll, readBoth } from "../../../test/read-inputs.ts";
import { inputFromBytes } from "../index.ts";
import { allowUnpacked } from "./unpack.ts";

describe("containers", () => {
  test("gzip, members one after the other", async () => {
    const bytes = Buffer.concat([gzipSync(lines(1, 2)), gzipSync(lines(3))]);
    const { events, findings } = await readBoth(bytes);
    expect(numbersOf(events)).toEqual([1, 2, 3]);
    expect(findings).toEqual([]);
  });

  test("gzip that ends too early gives what it has", async () => {
    const whole = gzipSync(lines(...Array.from({ length: 5000 }, (_, index) => index)));
    const { events, findings } = await readBoth(whole.subarray(0, whole.length - 20));
    expect(events.length).toBeGreaterThan(4900);
    expect(numbersOf(events)).toEqual(events.map((_, index) => index));
    expect(findings.map(({ code }) => code)).toEqual(["truncated"]);
  });

  test("bytes behind gzip are not events", async () => {
    const bytes = Buffer.concat([gzipSync(lines(1)), Buffer.alloc(100)]);
    const { events } = await readBoth(bytes);
    expect(numbersOf(events)).toEqual([1]);
  });

  test.each([true, false])("zip, stored: %s", async (store) => {
    const bytes = makeZip(
      [
        { name: "a.json", content: lines(1, 2) },
        { name: "folder/", content: "" },
        { name: "__MACOSX/._a.json", content: "resource fork" },
        { name: "folder/.hidden", content: "hidden" },
        { name: "b\u001b[31m\u202e.txt", content: lines(3) },
      ],
      { store },
    );
    const { events, findings } = await readBoth(bytes, "x.zip");
    expect(numbersOf(events)).toEqual([1, 2, 3]);
    expect([...new Set(events.map((event) => event.input))]).toEqual([
      "x.zip!a.json",
      "x.zip!b\\u{1b}[31m\\u{202e}.txt",
    ]);
    expect(findings).toEqual([]);
  });

  test("zip with a stray byte behind its end record", async () => {
    const zip = makeZip([{ name: "a", content: lines(1) }]);
    const { events, findings } = await readBoth(Buffer.concat([zip, Buffer.from("\n")]));
    expect(numbersOf(events)).toEqual([1]);
    expect(findings).toEqual([]);
  });

  test("a zip archive that is cut off, and one with a wrong checksum", async () => {
    const cut = makeZip([{ name: "a", content: lines(1) }]).subarray(0, 40);
    const first = await readBoth(cut);
    expect(first.events).toEqual([]);
    expect(first.findings.map(({ code }) => code)).toEqual(["unreadable"]);
    const second = await readBoth(
      makeZip([{ name: "a", content: lines(1) }], { damaged: true }),
      "x",
    );
    expect(numbersOf(second.events)).toEqual([1]);
    expect(second.findings).toEqual([
      { input: "x!a", code: "damaged", message: "its checksum is wrong" },
    ]);
  });

  test("tar: files only, long names of both kinds", async () => {
    const long = `${"n".repeat(120)}.json`;
    const tar = makeTar([
      tarEntry("folder/", "", "5"),
      tarEntry("hard-link", "", "1"),
      tarEntry("short.json", lines(1)),
      tarEntry("././@LongLink", `${long}\0`, "L"),
      tarEntry("cut-off", lines(2)),
      tarEntry("PaxHeader", paxRecord("path", `p/${long}`), "x"),
      tarEntry("cut-off", lines(3)),
    ]);
    for (const bytes of [tar, gzipSync(tar)]) {
      const { events, findings } = await readBoth(bytes, "x");
      expect(numbersOf(events)).toEqual([1, 2, 3]);
      expect(events.map((event) => event.input)).toEqual([
        "x!short.json",
        `x!${long}`,
        `x!p/${long}`,
      ]);
      expect(findings).toEqual([]);
    }
  });

  test("a tar that ends too early gives what it has", async () => {
    const tar = makeTar([tarEntry("a", lines(1)), tarEntry("b", lines(2).repeat(100))]);
    const { events, findings } = await readBoth(tar.subarray(0, 1024 + 512 + 200));
    expect(numbersOf(events)[0]).toBe(1);
    expect(events.length).toBeGreaterThan(1);
    expect(findings.map(({ code }) => code)).toContain("truncated");
  });

  test("archives in archives, to a depth", async () => {
    const inner = makeZip([{ name: "c.json.gz", content: gzipSync(lines(1)) }]);
    const outer = makeZip([{ name: "b.zip", content: inner }], { store: true });
    const { events } = await readBoth(outer, "a.zip");
    expect(events.map((event) => event.input)).toEqual(["a.zip!b.zip!c.json.gz"]);
    let bytes: Buffer = Buffer.from(lines(1));
    for (let depth = 0; depth < 6; depth += 1) bytes = gzipSync(bytes);
    const deep = await readBoth(bytes);
    expect(deep.events).toEqual([]);
    expect(deep.findings).toMatchObject([{ code: "unreadable" }]);
  });

  test("what unpacks to far more than it stores is given up", async () => {
    const zeros = Buffer.alloc(256 * 1024 * 1024);
    async function* flood() {
      for (let count = 0; count < 5; count += 1) yield zeros;
    }
    const allowance = allowUnpacked(() => 1024 * 1024);
    let given = 0;
    const read = async () => {
      for await (const chunk of allowance.guard(flood())) given += chunk.length;
    };
    await expect(read()).rejects.toThrow("1000 times");
    expect(given).toBe(4 * zeros.length);
    expect(allowance.isSpent()).toBe(true);
    expect(allowUnpacked(() => 2 * 1024 * 1024).isSpent()).toBe(false);
  });

  test.each([
    ["xz", [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]],
    ["bzip2", [0x42, 0x5a, 0x68, 0x39]],
    ["7-Zip", [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  ])("%s is known by sight only", async (name, bytes) => {
    const { findings } = await readBoth(Buffer.from(bytes));
    expect(findings).toMatchObject([
      { code: "unknown-format", message: `${name} files are not yet supported` },
    ]);
  });
});

describe("names of members", () => {
  const members = [
    ["../a", "its name leads out of the archive"],
    ["b/../../a", "its name leads out of the archive"],
    ["b\\..\\a", "its name leads out of the archive"],
    ["/etc/a", "its name is an absolute path"],
    ["C:\\logs\\a", "its name is an absolute path"],
    ["\\\\host\\share\\a", "its name is an absolute path"],
    ["d/./good", "another member before it has the same name"],
  ] as const;
  const refused = members.map(([name, why]) => ({
    input: `x!${name}`,
    code: "refused",
    message: `it was not read: ${why}`,
  }));

  test("those that would do harm on a disk are told and not read", async () => {
    const all = ["good..json", "d/good", ...members.map(([name]) => name)];
    const zip = makeZip(all.map((name, n) => ({ name, content: line(n) })));
    const tar = makeTar(all.map((name, n) => tarEntry(name, line(n))));
    const ofTar = await readBoth(tar, "x");
    expect(numbersOf(ofTar.events)).toEqual([0, 1]);
    expect(ofTar.findings).toMatchObject(refused);
    // In a zip a backslash is read as the slash that its writer meant.
    const slashed = refused.map((each) => ({ ...each, input: each.input.replaceAll("\\", "/") }));
    const ofZip = await readBoth(zip, "x");
    expect(numbersOf(ofZip.events)).toEqual([0, 1]);
    expect(ofZip.findings).toMatchObject(slashed);
  });

  test("a zero byte in a name", async () => {
    const zip = makeZip([{ name: "a\0.txt", content: line(1) }]);
    const { events, findings } = await readBoth(zip, "x");
    expect(events).toEqual([]);
    expect(findings).toMatchObject([
      {
        input: "x!a\\u{0}.txt",
        code: "refused",
        message: "it was not read: its name has a zero byte in it",
      },
    ]);
  });

  test("links are counted, not followed", async () => {
    const tar = makeTar([
      tarEntry("a", line(1)),
      tarEntry("to-passwd", "", "2"),
      tarEntry("to-shadow", "", "2"),
    ]);
    const zip = makeZip([{ name: "to-passwd", content: "/etc/passwd" }], { mode: 0o120777 });
    const first = await readBoth(tar, "x");
    expect(numbersOf(first.events)).toEqual([1]);
    expect(first.findings).toEqual([
      {
        input: "x",
        code: "refused",
        message: "links inside archives are not followed: x!to-passwd and 1 more",
      },
    ]);
    expect((await readBoth(zip, "x")).findings).toMatchObject([
      { code: "refused", message: "links inside archives are not followed: x!to-passwd" },
    ]);
  });

  test("a sparse file in a tar is not passed over in silence", async () => {
    const { findings } = await readBoth(makeTar([tarEntry("s", "x", "S")]), "x");
    expect(findings).toMatchObject([{ input: "x!s", code: "unreadable" }]);
  });
});

/** Two events, `{"@timestamp":…,"n":1}` and `2`, as `a.json` under the password `infected`. */
const encrypted = {
  // bsdtar 3.6.2, zip:encryption=aes128 and aes256
  "AES with 128 bits":
    "UEsDBBQACQBjACVFeV0AAAAAAAAAAGAAAAAGACsAYS5qc29uVVQNAAcmnwZrJp8GayafBmt1eAsAAQQAAAAABAAAAAABmQcAAQBBRQEIAI8c6YMUYZg1ftfG3lcOZrebR5dMxB5dDYbU6y0XrxRzNtH6X+7NavUK3kZR9/Y6yip2tI6ixhO9yKm9blJ4cIy3KbsRAssiEm4QMFBLBwhhgsNVSwAAAGAAAABQSwECFAMUAAkAYwAlRXldYYLDVUsAAABgAAAABgArAAAAAAAAAAAApIEAAAAAYS5qc29uVVQNAAcmnwZrJp8GayafBmt1eAsAAQQAAAAABAAAAAABmQcAAQBBRQEIAFBLBQYAAAAAAQABAF8AAACqAAAAAAA=",
  "AES with 256 bits":
    "UEsDBBQACQBjACVFeV0AAAAAAAAAAGAAAAAGACsAYS5qc29uVVQNAAcmnwZrJp8GayafBmt1eAsAAQQAAAAABAAAAAABmQcAAQBBRQMIAFSxp9pYMM/RaNIxK2eC0ti2dtZjXjgtc5isrmWHy9HCOkdEJ+Aj+K9J0FDaIbESFOMiJ7Z0C91E2lU9bDwN1CWeZc53Hji8Qq07sEpCDUIhqEhlUEsHCGGCw1VTAAAAYAAAAFBLAQIUAxQACQBjACVFeV1hgsNVUwAAAGAAAAAGACsAAAAAAAAAAACkgQAAAABhLmpzb25VVA0AByafBmsmnwZrJp8Ga3V4CwABBAAAAAAEAAAAAAGZBwABAEFFAwgAUEsFBgAAAAABAAEAXwAAALIAAAAAAA==",
  // Info-ZIP 3.0, zip -P, deflated and stored
  ZipCrypto:
    "UEsDBBQACQAIACVFeV1hgsNVQwAAAGAAAAAGABwAYS5qc29uVVQJAAMmnwZrJp8Ga3V4CwABBAAAAAAEAAAAAHJrjC3PHoprecRns99HyVVOBM5QwgeB92ylNX+87K8lV8FmUxF55vJmsinSh2K7PjQRC/pzL581lSzQXsliP1cPD1hQSwcIYYLDVUMAAABgAAAAUEsBAh4DFAAJAAgAJUV5XWGCw1VDAAAAYAAAAAYAGAAAAAAAAQAAAKSBAAAAAGEuanNvblVUBQADJp8Ga3V4CwABBAAAAAAEAAAAAFBLBQYAAAAAAQABAEwAAACTAAAAAAA=",
  "ZipCrypto, stored":
    "UEsDBAoACQAAACVFeV1hgsNVbAAAAGAAAAAGABwAYS5qc29uVVQJAAMmnwZrJp8Ga3V4CwABBAAAAAAEAAAAAKNOnfeb6bP6KLqSe6YfEhPUx6Cxgf6veBaq6tSW4urBHBMclK0801H/55j+VLos8vhUJXnHqZJ7pjxSHnSXlrW0Uq1PWJf7Ggof7WJxvUD3uWHe4ezmzxqXhpqX33n+C+2C9PFF9OFKxBpo3lBLBwhhgsNVbAAAAGAAAABQSwECHgMKAAkAAAAlRXldYYLDVWwAAABgAAAABgAYAAAAAAAAAAAApIEAAAAAYS5qc29uVVQFAAMmnwZrdXgLAAEEAAAAAAQAAAAAUEsFBgAAAAABAAEATAAAALwAAAAAAA==",
} as const;

describe("encrypted zip", () => {
  test.each(Object.entries(encrypted))("%s", async (_name, base64) => {
    const bytes = Buffer.from(base64, "base64");
    const right = await readBoth(bytes, "x", { password: "infected" });
    expect(numbersOf(right.events)).toEqual([1, 2]);
    expect(right.findings).toEqual([]);

    const wrong = await readBoth(bytes, "x", { password: "Infected" });
    expect(wrong.events).toEqual([]);
    expect(wrong.findings).toMatchObject([
      { input: "x!a.json", code: "unreadable", message: "the password is wrong" },
    ]);

    const without = await readBoth(bytes, "x");
    expect(without.events).toEqual([]);
    expect(without.findings).toMatchObject([
      {
        code: "unreadable",
        message: "it is encrypted",
        hint: "give the password with `--password`",
      },
    ]);
  });

  test("a byte that was changed after encryption shows", async () => {
    const bytes = Buffer.from(encrypted["AES with 256 bits"], "base64");
    const last = bytes.indexOf("PK\x07\x08") - 1;
    bytes[last] = (bytes[last] ?? 0) ^ 1;
    const { findings } = await readBoth(bytes, "x", { password: "infected" });
    expect(findings).toMatchObject([
      {
        code: "damaged",
        message: "it was changed after it was encrypted",
      },
    ]);
  });

  test("a member that is shorter than its own encryption", async () => {
    const plain = makeZip([{ name: "a", content: line(1) }], { encrypted: true, store: true });
    const { events, findings } = await readBoth(plain, "x", { password: "p" });
    expect(events).toEqual([]);
    expect(findings.length).toBe(1);
  });
});

/** Made by zstd 1.5.4: the first 400 of `lines`; the line 1 with a checksum, from a pipe, and without a checksum. */
const zstdFrames = {
  many: "KLUv/WSyTEUOAFbdQBigqdABg8piP4LHlUdBpNwpyZQEfJjeC3lCADgANQBj/P///7Zt2/bMzMzMTNu2bUuSJEmKiIiISNG4p5RDwxQIBAQAgmBbwKbYFLQBLyFLnCNCgUhYFCwoGCwOFgQQDAFERERERGOMMcYYY/z///+2bdv2zMzMzEzbtm1LkiRJioiIiMi2bdsmVVVVVVVERERERGOMMcYYAVVVVVVERERERGOMMcYYY/z///+2bdv2zMzMzEzbtm1LkiRJioiIiIiM4ziO4ziOY1VVVVVVh4aqqqqqqiIiIiIiGmOMMcYY4////7dt27ZnZmZmZtq2bVuSJElSRERERGRd13Vd13VdqwKBj6gh8O7/HcFnVMsBEvj//xX8DaqqoqpaqmqlqlRVpUqVqlSqSqkqSVUVVVUs6kf9qB/1o0xVXapqpapUqlKlSqVUqkqpqqSqiqpaUlUpVEX9qB/1o/xSqVKVVKpVpVZVSlUlVauoqpKqSqkqlaqozfH+KyAzqqNQGoWyKJREoRwKpVAog0IVKJQ/oVSfKKqqalW1VpVKVapUqZpKVSlVlVRVUVW9dip2qnWaOi2dhk47p5lTs3IqOQAhSDcFnIC0CoJfvUY=",
  checked: "KLUv/SQwgQEAeyJAdGltZXN0YW1wIjoiMjAyNi0wMS0wNVQwODowMDowMC4wMDBaIiwibiI6MX0Kt0+RNw==",
  piped: "KLUv/QRYgQEAeyJAdGltZXN0YW1wIjoiMjAyNi0wMS0wNVQwODowMDowMC4wMDBaIiwibiI6MX0Kt0+RNw==",
  unchecked: "KLUv/SAwgQEAeyJAdGltZXN0YW1wIjoiMjAyNi0wMS0wNVQwODowMDowMC4wMDBaIiwibiI6MX0K",
  empty: "KLUv/SQAAQAAmenYUQ==",
};

describe("zstd", () => {
  const frame = (name: keyof typeof zstdFrames) => Buffer.from(zstdFrames[name], "base64");
  const skippable = Buffer.from([0x5e, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);
  /** A frame by hand: the header's bytes behind the magic number, then what follows. */
  const made = (...bytes: readonly number[]) => Buffer.from([0x28, 0xb5, 0x2f, 0xfd, ...bytes]);

  test("frames one after the other, skippable ones between", async () => {
    const bytes = Buffer.concat([
      frame("many"),
      skippable,
      frame("empty"),
      frame("checked"),
      frame("piped"),
      frame("unchecked"),
      Buffer.from("rest"),
    ]);
    const { events, findings } = await readBoth(bytes);
    const upTo400 = Array.from({ length: 400 }, (_, n) => n);
    expect(numbersOf(events)).toEqual([...upTo400, 1, 1, 1]);
    expect(findings).toEqual([]);
    expect(await readBoth(skippable)).toEqual({ events: [], findings: [] });
  });

  test("in a tar, and in a zip", async () => {
    const tar = makeTar([tarEntry("a.json.zst", frame("checked"))]);
    const zip = makeZip([{ name: "b.tar", content: tar }]);
    const { events } = await readBoth(zip, "x.zip");
    expect(events.map((event) => event.input)).toEqual(["x.zip!b.tar!a.json.zst"]);
  });

  test("cut off anywhere it ends with a finding", async () => {
    const whole = frame("many");
    for (let length = 5; length < whole.length; length += 37) {
      const { findings } = await readBoth(whole.subarray(0, length));
      expect(findings).toMatchObject([
        { code: "truncated", message: "the packed data ends too early" },
      ]);
    }
  });

  test.each([
    [
      "a window of 256 MiB",
      made(0, 18 << 3, 1, 0, 0),
      "the zstd data needs more than 128 MiB of memory to unpack",
    ],
    [
      "content of 2^40 bytes in one piece",
      made(0xe0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0),
      "the zstd data needs more than 128 MiB of memory to unpack",
    ],
    [
      "a dictionary",
      made(1, 0, 7, 1, 0, 0),
      "the zstd data needs a dictionary, which is not at hand",
    ],
    [
      "a block of 2 MiB",
      made(0, 0x58, 0xfb, 0xff, 0xff, 0x78),
      "the zstd data has a block that is too large",
    ],
    [
      "a block of an unknown kind",
      made(0, 0x58, 7 | (4 << 3), 0, 0, 1, 2, 3, 4),
      "the packed data is damaged",
    ],
  ])("%s is refused", async (_name, bytes, message) => {
    const { events, findings } = await readBoth(bytes);
    expect(events).toEqual([]);
    expect(findings.map((finding) => finding.message)).toEqual([message]);
  });

  test("no damage crashes or hangs", async () => {
    const whole = frame("many");
    for (let at = 4; at < whole.length; at += 11) {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] ?? 0) ^ 0x55;
      await readAll([inputFromBytes("x", bytes)]);
    }
  });
});
