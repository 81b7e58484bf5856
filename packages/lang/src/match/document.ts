/** An event as a plain object: nested objects, dotted keys, or both. Anything may be an array. */
export type EventDocument = Readonly<Record<string, unknown>>;
