import { isFields, type ReadonlyFields } from "../fields.ts";

/**
 * A value as Java's `toString` writes it: `{name=TEST, list=[1, 2]}`. Rules have patterns for such texts, so
 * that the keys must stand in the order in which a `HashMap` gives them.
 */
export function javaText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(javaText).join(", ")}]`;
  if (!isFields(value)) return String(value);
  return `{${javaKeys(value)
    .map((key) => `${key}=${javaText(value[key])}`)
    .join(", ")}}`;
}

/** The keys in the order of a `HashMap`: by bucket, in one bucket as they came. */
function javaKeys(fields: ReadonlyFields): readonly string[] {
  const keys = Object.keys(fields);
  let buckets = 16;
  while (keys.length > buckets * 0.75) buckets *= 2;
  return keys
    .map((key) => ({ key, bucket: bucketOf(key, buckets) }))
    .sort((a, b) => a.bucket - b.bucket)
    .map(({ key }) => key);
}

function bucketOf(key: string, buckets: number): number {
  let hash = 0;
  for (let index = 0; index < key.length; index += 1) {
    hash = (Math.imul(31, hash) + key.charCodeAt(index)) | 0;
  }
  return (hash ^ (hash >>> 16)) & (buckets - 1);
}
