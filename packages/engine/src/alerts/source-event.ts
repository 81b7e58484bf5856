import { type EventDocument, withField, withoutField } from "@harrier/lang/match";

const alertPrefix = "kibana.alert.";
const originalEvent = "kibana.alert.original_event.";

/** The event that an alert was made of, as far as the alert still holds it: cleaned, and without what was lost on the way. */
export function sourceEventOf(alert: EventDocument): EventDocument {
  const own = Object.entries(alert);
  const kept = own.filter(
    ([name]) =>
      !name.startsWith(alertPrefix) &&
      !name.startsWith("harrier.alert.") &&
      name !== "kibana.space_ids",
  );
  let event: EventDocument = withoutField(Object.fromEntries(kept), "event.kind");
  for (const [name, value] of own) {
    if (name.startsWith(originalEvent))
      event = withField(event, `event.${name.slice(originalEvent.length)}`, value);
  }
  const time = alert["kibana.alert.original_time"];
  return time === undefined
    ? withoutField(event, "@timestamp")
    : withField(event, "@timestamp", time);
}
