import type { FieldPath } from "../values/index.ts";
import { decodeCatalogue } from "./catalogue.ts";
import type { Schema } from "./schema.ts";
import { schemaFrom } from "./schema-from.ts";
import { olderNameOf, untypedFields } from "./untyped.ts";

/**
 * The fields of ECS, of Elastic's shippers and integrations, and those that public rules name
 * besides. Decoded when it is first asked.
 */
export const ecsSchema: Schema = {
  typeOf: (path) => {
    const type = ecsFields().typeOf(path);
    if (type !== undefined) return type;
    const older = olderNameOf(path);
    return older === undefined ? undefined : ecsFields().typeOf(older);
  },
  similarTo: (path: FieldPath) => ecsFields().similarTo(path),
};

let decoded: Schema | undefined;

function ecsFields(): Schema {
  if (decoded === undefined) {
    const types = decodeCatalogue();
    for (const [name, type] of untypedFields) types.set(name, type);
    decoded = schemaFrom(types);
  }
  return decoded;
}
