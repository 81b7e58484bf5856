import type { EventMap } from "../maps/event-map.ts";
import { compileMap, type EventMapper } from "../maps/map-event.ts";
import { mapFor } from "../maps/map-format.ts";
import { type NormaliseOptions, Normaliser } from "../normalise/index.ts";
import type { Remap } from "./lost-fields.ts";

/** Makes documents as reading does, one event at a time and without the memory of its input. */
export function remapper({
  maps = [],
  ...options
}: NormaliseOptions & { readonly maps?: readonly EventMap[] }): Remap {
  const mappers = new Map<EventMap, EventMapper>();
  return (raw, { input }) => {
    const map = mapFor(maps, input);
    if (map !== undefined) {
      const mapper = mappers.get(map) ?? compileMap(map);
      mappers.set(map, mapper);
      const { document, time } = mapper.read(raw, () => {});
      return { ...document, time };
    }
    const normaliser = new Normaliser(input, () => {}, options);
    const raws = [{ value: raw, position: 1 }];
    const [event] = [...normaliser.push(raws), ...normaliser.finish()];
    return event?.document ?? {};
  };
}
