export { type NormaliseOptions, Normaliser } from "./normaliser.ts";
