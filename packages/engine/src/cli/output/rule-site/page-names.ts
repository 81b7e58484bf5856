import { createHash } from "node:crypto";

/** What a page is called and what it is of. */
export interface PageSubject {
  readonly name: string;
  /** Tells subjects of the same name apart. */
  readonly id: string;
}

/** Names that Windows keeps for devices, and the page that lists the others of its folder. */
const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d|conin|conout|index)$/;
const longestName = 80;

/**
 * A file name without ending for each subject, in their order: words of its name in small letters and digits with
 * hyphens between, so that it is the same file on every system. Where that says nothing, is taken or means something
 * else, part of the id's hash follows: one rule more changes no other name but that of its namesake.
 */
export function namePages(subjects: readonly PageSubject[]): readonly string[] {
  const slugs = subjects.map(({ name }) => slugOf(name));
  const counts = new Map<string, number>();
  for (const slug of slugs) counts.set(slug, (counts.get(slug) ?? 0) + 1);
  const isPlain = (slug: string) => slug !== "" && counts.get(slug) === 1 && !reserved.test(slug);
  const taken = new Set(slugs.filter(isPlain));
  const hashed = new Map<string, number>();
  return subjects.map(({ id }, place) => {
    const slug = slugs[place] ?? "";
    return isPlain(slug) ? slug : takeName(`${slug || "page"}-${hashOf(id)}`, taken, hashed);
  });
}

/** The name, or with a number behind it the first one that is free. */
function takeName(name: string, taken: Set<string>, counts: Map<string, number>): string {
  let count = counts.get(name) ?? 1;
  let free = count === 1 ? name : `${name}-${count}`;
  while (taken.has(free)) {
    count += 1;
    free = `${name}-${count}`;
  }
  counts.set(name, count + 1);
  taken.add(free);
  return free;
}

function slugOf(name: string): string {
  return name
    .normalize("NFKD")
    .replaceAll(/\p{M}+/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, longestName)
    .replaceAll(/^-|-$/g, "");
}

function hashOf(id: string): string {
  return createHash("sha256").update(id).digest("hex").slice(0, 8);
}
