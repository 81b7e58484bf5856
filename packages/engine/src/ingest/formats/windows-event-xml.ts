import type {
  EventNode,
  EventTree,
  RenderingInfo,
  WindowsEvent,
  WindowsSystem,
} from "./windows-event.ts";
import { attributeOf, childNamed, parseXml, type XmlElement } from "./xml-element.ts";

type EventData = NonNullable<WindowsEvent["EventData"]>;

/** The event that an `Event` element is; `undefined` where it has no System. */
export function readWindowsEvent(event: XmlElement): WindowsEvent | undefined {
  const system = childNamed(event, "System");
  if (system === undefined) return undefined;
  const eventData = childNamed(event, "EventData");
  const userData = childNamed(event, "UserData")?.children[0];
  const rendering = childNamed(event, "RenderingInfo");
  return {
    System: readSystem(system),
    ...(eventData !== undefined && { EventData: readEventData(eventData) }),
    ...(userData !== undefined && {
      UserData: { name: userData.name, data: readTree(userData) },
    }),
    ...(rendering !== undefined && { RenderingInfo: readRendering(rendering) }),
  };
}

/** The first event in a text, such as a line of syslog or a field of an export; `undefined` where there is none. */
export function parseWindowsEvent(text: string): WindowsEvent | undefined {
  const start = text.search(/<Event[\s>]/);
  if (start < 0) return undefined;
  const parsed = parseXml(text, start);
  return "element" in parsed ? readWindowsEvent(parsed.element) : undefined;
}

/** The values of an `EventData` element that stands by itself or anywhere inside of a text. */
export function parseEventData(text: string): EventData {
  const start = text.search(/<EventData[\s>]/);
  const parsed = start < 0 ? undefined : parseXml(text, start);
  return parsed !== undefined && "element" in parsed ? readEventData(parsed.element) : [];
}

function readSystem(element: XmlElement): WindowsSystem {
  const system: Writable<WindowsSystem> = {};
  for (const child of element.children) {
    switch (child.name) {
      case "Provider": {
        const name = attributeOf(child, "Name") ?? attributeOf(child, "EventSourceName");
        put(system, "Provider", name);
        put(system, "ProviderGuid", attributeOf(child, "Guid"));
        break;
      }
      case "EventID":
        put(system, "EventID", numberOf(child.text));
        put(system, "Qualifiers", numberOf(attributeOf(child, "Qualifiers")));
        break;
      case "Version":
      case "Level":
      case "Task":
      case "Opcode":
        put(system, child.name, numberOf(child.text));
        break;
      case "Keywords":
      case "EventRecordID":
      case "Channel":
      case "Computer":
        put(system, child.name, child.text.trim());
        break;
      case "TimeCreated":
        put(system, "TimeCreated", attributeOf(child, "SystemTime"));
        break;
      case "Correlation":
        put(system, "ActivityID", attributeOf(child, "ActivityID"));
        put(system, "RelatedActivityID", attributeOf(child, "RelatedActivityID"));
        break;
      case "Execution":
        put(system, "ProcessID", numberOf(attributeOf(child, "ProcessID")));
        put(system, "ThreadID", numberOf(attributeOf(child, "ThreadID")));
        break;
      case "Security":
        // Sysmon for Linux spells it in its own way.
        put(system, "UserID", attributeOf(child, "UserID") ?? attributeOf(child, "UserId"));
        break;
    }
  }
  return system;
}

function readEventData(element: XmlElement): EventData {
  return element.children.map((child) => {
    const name = attributeOf(child, "Name") ?? (child.name === "Data" ? null : child.name);
    return [name, child.text] as const;
  });
}

function readTree(element: XmlElement): EventTree {
  const tree = new Map<string, EventNode>();
  for (const child of element.children) {
    const name = attributeOf(child, "Name") ?? child.name;
    const value = child.children.length === 0 ? child.text : readTree(child);
    const before = tree.get(name);
    tree.set(name, before === undefined ? value : [...listOf(before), value]);
  }
  // Entries of a map become own properties, whatever their names are.
  return Object.fromEntries(tree);
}

function listOf(value: EventNode): readonly EventNode[] {
  return Array.isArray(value) ? value : [value];
}

function readRendering(element: XmlElement): RenderingInfo {
  const rendering: Writable<RenderingInfo> = {};
  for (const child of element.children) {
    switch (child.name) {
      case "Message":
      case "Level":
      case "Task":
      case "Opcode":
      case "Provider":
      case "Channel":
        put(rendering, child.name, child.text);
        break;
      case "Keywords":
        if (child.children.length > 0) {
          rendering.Keywords = child.children.map((keyword) => keyword.text);
        }
        break;
    }
  }
  return rendering;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** Sets what there is. */
function put<T, K extends keyof T>(target: T, key: K, value: T[K] | undefined): void {
  if (value !== undefined && value !== "") target[key] = value;
}

function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\s*\d{1,15}\s*$/.test(text) ? Number(text) : undefined;
}
