export { type NormaliseOptions, Normaliser, zoneOf } from "./normaliser.ts";
