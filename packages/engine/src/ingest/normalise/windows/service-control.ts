import { addToField, getField, setField } from "../fields.ts";
import type { Mapping } from "./mapping.ts";
import { numberOf, textOf } from "./record.ts";
import { serviceTypes } from "./security-texts.ts";

/**
 * Service Control Manager, channel System. 7045: a service was installed. Elastic leaves all of it in
 * `winlog.event_data` and gives no category (ecs-mapping 6), and there it stays; we also fill
 * `service.*` and, from the account that asked for it, `user.*`.
 */
export function mapServiceControl({ record, data, document }: Mapping): void {
  if (record.eventId !== "7045") return;
  setField(document, "service.name", textOf(data, "ServiceName"));
  const type = numberOf(textOf(data, "ServiceType"));
  if (type !== undefined) setField(document, "service.type", serviceTypes.get(type));
  for (const [from, to] of [
    ["identifier", "id"],
    ["name", "name"],
    ["domain", "domain"],
  ]) {
    setField(document, `user.${to}`, getField(record.winlog, `user.${from}`));
  }
  const name = getField(record.winlog, "user.name");
  if (typeof name === "string") addToField(document, "related.user", name);
}
