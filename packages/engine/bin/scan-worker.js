// What a worker thread of a hunt runs.
import { load } from "./load.js";

await load("detect/scan/worker");
