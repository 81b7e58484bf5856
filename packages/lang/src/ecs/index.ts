/** The fields we know: names and types of ECS and of the integrations, and the interface for other schemas. */
export { ecsSchema } from "./ecs-schema.ts";
export { type FieldForm, resolveForm } from "./field-form.ts";
export type { Schema } from "./schema.ts";
export { type SchemaOptions, schemaFrom } from "./schema-from.ts";
export { similarNames } from "./similar.ts";
