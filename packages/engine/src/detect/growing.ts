/** Typed arrays that grow: numbers by the million without an object for each. */
export interface Growing<A extends Numbers> {
  readonly length: number;
  push(value: number): void;
  /** Replaces the value at a place below `length`. */
  set(place: number, value: number): void;
  /** The value at a place; NaN from `length` on. */
  at(place: number): number;
  /** The values so far; valid until the next push. */
  view(): A;
  /** The values so far, in a buffer of their own; from then on there are none. */
  take(): A;
}

type Numbers = Float64Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;

export function growingDoubles(): Growing<Float64Array<ArrayBuffer>> {
  return growing((size) => new Float64Array(size));
}

export function growingWords(): Growing<Uint32Array<ArrayBuffer>> {
  return growing((size) => new Uint32Array(size));
}

function growing<A extends Numbers>(make: (size: number) => A): Growing<A> {
  let values = make(16);
  let length = 0;
  return {
    get length() {
      return length;
    },
    push(value) {
      if (length === values.length) {
        const larger = make(length * 2);
        larger.set(values);
        values = larger;
      }
      values[length] = value;
      length += 1;
    },
    set(place, value) {
      if (place < length) values[place] = value;
    },
    at: (place) => (place < length ? (values[place] ?? Number.NaN) : Number.NaN),
    // A subarray of an `A` is an `A`; its declared type has lost that.
    view: () => values.subarray(0, length) as A,
    take() {
      const taken = values.slice(0, length) as A;
      length = 0;
      return taken;
    },
  };
}

/** Bytes that grow. */
export interface GrowingBytes {
  readonly length: number;
  push(bytes: Uint8Array): void;
  /** As UTF-8. */
  pushText(text: string): void;
  /** The bytes so far, in a buffer of their own; from then on there are none. */
  take(): Uint8Array<ArrayBuffer>;
}

export function growingBytes(): GrowingBytes {
  let bytes = Buffer.alloc(1024);
  let length = 0;
  const makeRoom = (more: number) => {
    if (length + more <= bytes.length) return;
    const larger = Buffer.alloc(Math.max(2 * bytes.length, length + more));
    larger.set(bytes.subarray(0, length));
    bytes = larger;
  };
  return {
    get length() {
      return length;
    },
    push(more) {
      makeRoom(more.length);
      bytes.set(more, length);
      length += more.length;
    },
    pushText(text) {
      // A UTF-16 unit is three bytes at most.
      makeRoom(3 * text.length);
      length += bytes.write(text, length);
    },
    take() {
      const taken = new Uint8Array(bytes.subarray(0, length));
      length = 0;
      return taken;
    },
  };
}
