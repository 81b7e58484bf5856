type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Objects that hold a list of events and nothing else that matters, by the key of the list: files of CloudTrail,
 * what `aws cloudtrail lookup-events` prints, exports of Azure's logs, pages of Microsoft Graph and of Google's and
 * Kubernetes' APIs. The other keys must be those of an envelope.
 */
const envelopes: readonly {
  readonly list: string;
  readonly isEnvelope: (key: string, value: unknown) => boolean;
}[] = [
  { list: "Records", isEnvelope: () => false },
  { list: "records", isEnvelope: () => false },
  { list: "Events", isEnvelope: (key) => key === "NextToken" },
  { list: "value", isEnvelope: (key) => key.startsWith("@odata.") || key.startsWith("odata.") },
  {
    list: "items",
    isEnvelope: (key) => ["kind", "etag", "nextPageToken", "apiVersion", "metadata"].includes(key),
  },
];

/** The events that an object holds: those of a list in it, or the object itself. */
export function eventsIn(value: JsonObject): readonly JsonObject[] {
  const keys = Object.keys(value);
  for (const { list, isEnvelope } of envelopes) {
    if (!Object.hasOwn(value, list)) continue;
    const members = value[list];
    const isOnly = keys.every((key) => key === list || isEnvelope(key, value[key]));
    if (isOnly && Array.isArray(members) && members.every(isObject)) {
      return members.flatMap(activitiesIn);
    }
  }
  return activitiesIn(value);
}

/** An activity of Google's Reports API has one event or several, which have all but their names in common. */
function activitiesIn(value: JsonObject): readonly JsonObject[] {
  const { events, actor, id } = value;
  const isActivity = Array.isArray(events) && isObject(actor) && isObject(id);
  if (!isActivity || events.length < 2 || !events.every(isObject)) return [value];
  return events.map((event) => ({ ...value, events: [event] }));
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
