import type { Record } from "./record.ts";

/** Where two readers differ. */
export interface Difference {
  /** `System/EventID`, `EventData/Image`, `UserData/X/Name`. */
  readonly place: string;
  /** `undefined` where there is nothing of the kind. */
  readonly ours: string | undefined;
  readonly theirs: string | undefined;
}

export function compareRecords(ours: Record, theirs: Record): readonly Difference[] {
  return [
    ...compareSystem(ours, theirs),
    ...compareLists("EventData", ours.data, theirs.data.flatMap(expandArray)),
    // Values of one name come as a list here, so the order among others may be another one.
    ...compareLists("UserData", sorted(ours.user), sorted(theirs.user)),
  ];
}

function compareSystem({ system: ours }: Record, { system: theirs }: Record): Difference[] {
  const names = new Set([...Object.keys(ours), ...Object.keys(theirs)]);
  return [...names].flatMap((name) => {
    // An element that only carries attributes has no text.
    const difference = {
      place: `System/${name}`,
      ours: ours[name] || undefined,
      theirs: theirs[name] || undefined,
    };
    return difference.ours === difference.theirs ? [] : [difference];
  });
}

function compareLists(place: string, ours: Record["data"], theirs: Record["data"]): Difference[] {
  const length = Math.max(ours.length, theirs.length);
  return Array.from({ length }, (_, index) => {
    const [ourName, ourValue] = ours[index] ?? [];
    const [theirName, theirValue] = theirs[index] ?? [];
    if (index < ours.length && index < theirs.length && ourName !== theirName) {
      const names = { ours: String(ourName), theirs: String(theirName) };
      return { place: `${place}, name ${index + 1}`, ...names };
    }
    const name = ourName ?? theirName ?? String(index + 1);
    return { place: `${place}/${name}`, ours: ourValue, theirs: theirValue };
  }).filter((difference) => difference.ours !== difference.theirs);
}

function sorted(list: Record["user"]): Record["user"] {
  return [...list].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

/** python-evtx writes an array as text in one element, its items as if they were elements in it. */
function expandArray([name, value]: Record["data"][number]): Record["data"] {
  if (!/^(<string>.*<\/string>\n)+$/s.test(value)) return [[name, value]];
  return value
    .slice("<string>".length, -"</string>\n".length)
    .split("</string>\n<string>")
    .map((item) => [name, item]);
}
