import { type Cell, type Cells, none } from "./cells.ts";
import { eventAt, eventsAt } from "./record.ts";

// The first event stands in the record. The others follow in cells, each of which names the one before it first.
const perCell = 7;
const firstPlace = 1;

/** Adds an event to a record that has `count`, at least one. */
export function addEvent(cells: Cells, record: Cell, count: number, event: number): void {
  const place = (count - 1) % perCell;
  if (place === 0) {
    const cell = cells.take();
    cells.setInt(cell, 0, cells.int(record, eventsAt));
    cells.setInt(record, eventsAt, cell);
  }
  cells.setDouble(cells.int(record, eventsAt), firstPlace + place, event);
}

/** The events of a record that has `count`. */
export function readEvents(cells: Cells, record: Cell, count: number): number[] {
  const events = [cells.double(record, eventAt)];
  let cell = cells.int(record, eventsAt);
  for (let at = count - 1; at > 0 && cell !== none; at -= 1) {
    const place = (at - 1) % perCell;
    events[at] = cells.double(cell, firstPlace + place);
    if (place === 0) cell = cells.int(cell, 0);
  }
  return events;
}
