/** Typed arrays that grow: numbers by the million without an object for each. */
export interface Growing<A extends Float64Array | Uint32Array> {
  readonly length: number;
  push(value: number): void;
  /** Replaces the value at a place below `length`. */
  set(place: number, value: number): void;
  /** The value at a place; NaN from `length` on. */
  at(place: number): number;
  /** The values so far; valid until the next push. */
  view(): A;
}

export function growingDoubles(): Growing<Float64Array> {
  return growing((size) => new Float64Array(size));
}

export function growingWords(): Growing<Uint32Array> {
  return growing((size) => new Uint32Array(size));
}

function growing<A extends Float64Array | Uint32Array>(make: (size: number) => A): Growing<A> {
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
  };
}
