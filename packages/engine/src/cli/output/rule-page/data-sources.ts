import { compileIndexPatterns } from "../../../detect/index.ts";
import { type MappedStream, mappedStreams } from "../../../ingest/index.ts";
import { type CompiledRule, eventConditions } from "../../../rule-types/index.ts";
import { requiredValues } from "./plan-conditions.ts";

/** Raw logs that Harrier maps and that a rule can work on, by dataset. */
export interface DataSources {
  /** The rule's index patterns name them. */
  readonly named: readonly string[];
  /** Those are all that there are: a pattern like `logs-*`. */
  readonly isAll: boolean;
  /** Other logs of the same kind of host, with events of the rule's categories. */
  readonly standIns: readonly string[];
}

/** What Harrier can feed a rule with, besides documents that are ECS already. Which fields they hold only `harrier fields` tells. */
export function dataSourcesOf(compiled: CompiledRule): DataSources {
  const isNamed = compileIndexPatterns(compiled.rule.index);
  const named = mappedStreams.filter(({ dataset }) => isNamed(`logs-${dataset}-default`));
  const standIns = mappedStreams.filter(
    (stream) => !named.includes(stream) && canStandIn(stream, compiled),
  );
  const names = (streams: readonly MappedStream[]) => streams.map(({ dataset }) => dataset);
  return {
    named: names(named),
    isAll: named.length === mappedStreams.length,
    standIns: names(standIns),
  };
}

/** Every step wants a category that the stream has, and nothing says that the host is of another system. */
function canStandIn({ host }: MappedStream, { rule, plan }: CompiledRule): boolean {
  if (host === undefined || plan === undefined) return false;
  const systems = rule.tags.flatMap((tag) => /^OS: (.+)$/.exec(tag)?.[1]?.toLowerCase() ?? []);
  if (systems.length > 0 && !systems.includes(host.os)) return false;
  return eventConditions(plan).every((condition) => {
    const categories = requiredValues(condition, "event.category");
    const system = requiredValues(condition, "host.os.type");
    // A condition that names neither may be about a cloud service.
    if (categories === undefined || (system === undefined && systems.length === 0)) return false;
    return (
      categories.some((each) => host.categories.includes(String(each))) &&
      (system === undefined || system.includes(host.os))
    );
  });
}
