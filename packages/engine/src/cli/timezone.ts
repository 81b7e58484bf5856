import { isTimezone } from "../ingest/index.ts";
import { UsageError } from "./exit.ts";

/** `--timezone` as the app takes it. Throws where there is no such zone. */
export function timezoneOf({ timezone }: { readonly timezone?: string }): {
  readonly timezone?: string;
} {
  if (timezone === undefined) return {};
  if (isTimezone(timezone)) return { timezone };
  throw new UsageError(
    `--timezone ${timezone} is no time zone`,
    "write an offset like +02:00 or -0530, or a name like Europe/Berlin",
  );
}
