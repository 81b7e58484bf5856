import type { AlertDocument } from "../../alerts/index.ts";
import { fieldText } from "./fields.ts";

/** What tells an analyst most about events of a category, best first. Each is a list of fields shown together where there is the first. */
const tellingFields: Readonly<Record<string, readonly (readonly string[])[]>> = {
  registry: [["registry.path", "registry.data.strings"]],
  file: [["event.action", "file.path"], ["file.path"]],
  library: [["dll.path"], ["dll.name"]],
  driver: [["dll.path"], ["file.path"]],
  network: [
    ["destination.domain", "destination.ip", "destination.port"],
    ["destination.ip", "destination.port"],
    ["dns.question.name", "dns.question.type"],
    ["url.full"],
  ],
  dns: [["dns.question.name", "dns.question.type"]],
  web: [["url.full"], ["url.original"]],
};

/** For processes and for everything that the table above does not name. */
const processFields: readonly (readonly string[])[] = [
  ["process.command_line"],
  ["process.args"],
  ["process.executable"],
];
const actionFields: readonly (readonly string[])[] = [
  ["event.provider", "event.action", "event.outcome"],
];

/** What decided, on one line: the command line, the path, the address; where nothing tells more, the alert's reason. */
export function decisiveText(alert: AlertDocument): string {
  for (const category of fieldText(alert, "event.category").split(", ")) {
    const found = firstText(
      alert,
      Object.hasOwn(tellingFields, category) ? tellingFields[category] : [],
    );
    if (found !== "") {
      const actor = fieldText(alert, "process.name");
      return actor === "" ? found : `${actor}: ${found}`;
    }
  }
  const command = firstText(alert, processFields);
  if (command === "") return firstText(alert, actionFields) || shortReason(alert);
  const parent = fieldText(alert, "process.parent.name");
  return parent === "" ? command : `${parent} › ${command}`;
}

/** The reason without its end, `created high alert NAME.`: severity and name stand beside it. */
function shortReason(alert: AlertDocument): string {
  const reason = alert["kibana.alert.reason"];
  const severity = alert["kibana.alert.severity"];
  const end = ` created ${severity} alert ${alert["kibana.alert.rule.name"]}.`;
  return reason.endsWith(end) ? reason.slice(0, -end.length) : reason;
}

function firstText(alert: AlertDocument, choices: readonly (readonly string[])[] = []): string {
  for (const fields of choices) {
    const [first = "", ...others] = fields.map((field) => fieldText(alert, field));
    if (first !== "") return [first, ...others].filter((text) => text !== "").join(" ");
  }
  return "";
}
