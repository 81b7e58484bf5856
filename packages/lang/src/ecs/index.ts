/** The fields we know: names and types of ECS and of the integrations, and the interface for other schemas. */
export type { Schema } from "./schema.ts";
