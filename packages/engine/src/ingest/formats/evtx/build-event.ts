import type { EventNode, EventTree, WindowsEvent, WindowsSystem } from "../windows-event.ts";
import type { BinXml, Frame } from "./binxml.ts";
import type { ElementNode } from "./nodes.ts";

type EventData = [name: string | null, value: string][];
type Writable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * The event that stands from `start` to `end` of a chunk, the same as `readWindowsEvent` makes of its XML;
 * `undefined` where it is none. Throws `DamageError` where something in it is wrong.
 */
export function buildEvent(binxml: BinXml, start: number, end: number): WindowsEvent | undefined {
  binxml.allow(end - start);
  let event: Writable<WindowsEvent> | undefined;
  binxml.visitFragment(start, end, 0, (root, frame) => {
    if (event === undefined && root.local === "Event") event = readEvent(binxml, root, frame);
  });
  return event;
}

function readEvent(
  binxml: BinXml,
  root: ElementNode,
  outer: Frame,
): Writable<WindowsEvent> | undefined {
  let system: WindowsSystem | undefined;
  const rest: Writable<Omit<WindowsEvent, "System">> = {};
  binxml.visitElements(root.content, outer, (element, frame) => {
    switch (element.local) {
      case "System":
        system ??= readSystem(binxml, element, frame);
        break;
      case "EventData":
        rest.EventData ??= readEventData(binxml, element, frame);
        break;
      case "UserData":
        readUserData(binxml, element, frame, rest);
        break;
    }
  });
  return system === undefined ? undefined : { System: system, ...rest };
}

function readSystem(binxml: BinXml, system: ElementNode, outer: Frame): WindowsSystem {
  const found: Writable<WindowsSystem> = {};
  binxml.spend(system.content.length);
  // Not by a visit, as nothing else is done as often.
  for (const node of system.content) {
    if (node.kind === "element") {
      if (binxml.isThere(node, outer)) readSystemPart(binxml, node, outer, found);
    } else {
      binxml.visitOthers(node, outer, (element, frame) => {
        readSystemPart(binxml, element, frame, found);
      });
    }
  }
  return found;
}

function readSystemPart(
  binxml: BinXml,
  element: ElementNode,
  frame: Frame,
  into: Writable<WindowsSystem>,
): void {
  switch (element.local) {
    case "Provider": {
      const name = attributeText(binxml, element, frame, "Name");
      const source = name === "" ? attributeText(binxml, element, frame, "EventSourceName") : name;
      put(into, "Provider", source);
      put(into, "ProviderGuid", attributeText(binxml, element, frame, "Guid"));
      break;
    }
    case "EventID":
      put(into, "EventID", binxml.numberOf(element.content, frame));
      put(into, "Qualifiers", attributeNumber(binxml, element, frame, "Qualifiers"));
      break;
    case "Version":
    case "Level":
    case "Task":
    case "Opcode":
      put(into, element.local, binxml.numberOf(element.content, frame));
      break;
    case "Keywords":
    case "EventRecordID":
    case "Channel":
    case "Computer":
      put(into, element.local, binxml.textOf(element.content, frame).trim());
      break;
    case "TimeCreated":
      put(into, "TimeCreated", attributeText(binxml, element, frame, "SystemTime"));
      break;
    case "Correlation":
      put(into, "ActivityID", attributeText(binxml, element, frame, "ActivityID"));
      put(into, "RelatedActivityID", attributeText(binxml, element, frame, "RelatedActivityID"));
      break;
    case "Execution":
      put(into, "ProcessID", attributeNumber(binxml, element, frame, "ProcessID"));
      put(into, "ThreadID", attributeNumber(binxml, element, frame, "ThreadID"));
      break;
    case "Security":
      put(into, "UserID", attributeText(binxml, element, frame, "UserID"));
      break;
  }
}

function readEventData(binxml: BinXml, eventData: ElementNode, outer: Frame): EventData {
  const data: EventData = [];
  binxml.spend(eventData.content.length);
  for (const node of eventData.content) {
    if (node.kind === "element") {
      if (binxml.isThere(node, outer)) readData(binxml, node, outer, data);
    } else {
      binxml.visitOthers(node, outer, (element, frame) => readData(binxml, element, frame, data));
    }
  }
  return data;
}

function readData(binxml: BinXml, element: ElementNode, frame: Frame, into: EventData): void {
  const name = nameOf(binxml, element, frame, null);
  const items = binxml.itemsOf(element.content, frame);
  if (items === undefined) into.push([name, binxml.textOf(element.content, frame)]);
  else for (const item of items) into.push([name, item]);
}

function readUserData(
  binxml: BinXml,
  userData: ElementNode,
  outer: Frame,
  into: Writable<Omit<WindowsEvent, "System">>,
): void {
  binxml.visitElements(userData.content, outer, (element, frame) => {
    into.UserData ??= { name: element.local, data: readTree(binxml, element, frame) };
  });
}

function readTree(binxml: BinXml, parent: ElementNode, outer: Frame): EventTree {
  const tree = new Map<string, EventNode>();
  binxml.visitElements(parent.content, outer, (element, frame) => {
    const name = nameOf(binxml, element, frame, element.local) ?? element.local;
    if (binxml.hasElements(element.content, frame))
      add(tree, name, readTree(binxml, element, frame));
    else {
      const items = binxml.itemsOf(element.content, frame);
      if (items === undefined) add(tree, name, binxml.textOf(element.content, frame));
      else for (const item of items) add(tree, name, item);
    }
  });
  // Entries of a map become own properties, whatever their names are.
  return Object.fromEntries(tree);
}

function add(tree: Map<string, EventNode>, name: string, value: EventNode): void {
  const before = tree.get(name);
  if (before === undefined) tree.set(name, value);
  else if (Array.isArray(before)) before.push(value);
  else tree.set(name, [before, value]);
}

/** What a value is called: the attribute `Name`, else the element's own name; `unnamed` for a `Data` without one. */
function nameOf(
  binxml: BinXml,
  element: ElementNode,
  frame: Frame,
  unnamed: string | null,
): string | null {
  for (const attribute of element.attributes) {
    if (attribute.local === "Name") return binxml.textOf(attribute.content, frame);
  }
  return element.local === "Data" ? unnamed : element.local;
}

/** Empty where there is no such attribute. */
function attributeText(binxml: BinXml, element: ElementNode, frame: Frame, name: string): string {
  for (const attribute of element.attributes) {
    if (attribute.local === name) return binxml.textOf(attribute.content, frame);
  }
  return "";
}

function attributeNumber(
  binxml: BinXml,
  element: ElementNode,
  frame: Frame,
  name: string,
): number | undefined {
  for (const attribute of element.attributes) {
    if (attribute.local === name) return binxml.numberOf(attribute.content, frame);
  }
  return undefined;
}

/** Sets what there is. */
function put<T, K extends keyof T>(target: T, key: K, value: T[K] | undefined): void {
  if (value !== undefined && value !== "") target[key] = value;
}
