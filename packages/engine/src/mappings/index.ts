/** Mapping files: how logs of somebody's own become ECS, read and checked. What they do is in `ingest/maps`. */
export { type ReadMapping, readMappings } from "./read-mapping.ts";
