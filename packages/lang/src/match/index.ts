/** Running predicates and plans over events. */
export type { EventDocument } from "./document.ts";
