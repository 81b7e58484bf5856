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
  nestedRootOf: (path) => ecsFields().nestedRootOf(path),
  analyzerOf: (path) => ecsFields().analyzerOf(path),
  matching: (pattern) => ecsFields().matching(pattern),
  similarTo: (path: FieldPath) => ecsFields().similarTo(path),
};

/** By the template of Elastic's Windows integration. */
const analyzers = { "powershell.file.script_block_text": "powershell" } as const;

let decoded: Schema | undefined;

function ecsFields(): Schema {
  if (decoded === undefined) {
    const types = decodeCatalogue();
    for (const [name, type] of untypedFields) types.set(name, type);
    decoded = schemaFrom(types, { analyzers });
  }
  return decoded;
}
