/** The alert document. */
export type { AlertDocument, Ancestor } from "./alert.ts";
