import { isObject, type RawObject } from "./classify.ts";

/**
 * A rule in the API's shape: what the repository's TOML and older exports write differently is
 * rewritten (detection-semantics 1.2 and 1.4), everything else stays as it is.
 */
export function toApiShape(rule: RawObject): RawObject {
  const shaped = { ...rule, ...flattenNewTerms(rule) };
  const { new_terms: _, ...rest } = shaped;
  return {
    ...(isObject(rule.new_terms) ? rest : shaped),
    ...listThresholdFields(rule.threshold),
    ...(typeof rule.machine_learning_job_id === "string"
      ? { machine_learning_job_id: [rule.machine_learning_job_id] }
      : {}),
    ...(Array.isArray(rule.investigation_fields)
      ? { investigation_fields: { field_names: rule.investigation_fields } }
      : {}),
    ...(Array.isArray(rule.actions) ? { actions: rule.actions.map(addThrottle) } : {}),
    ...(Array.isArray(rule.threat) ? { threat: rule.threat.map(addTechnique) } : {}),
  };
}

/** `[rule.new_terms]` names its two parameters in values; only the first history window counts. */
function flattenNewTerms({ new_terms }: RawObject): RawObject {
  if (!isObject(new_terms)) return {};
  const window: unknown = Array.isArray(new_terms.history_window_start)
    ? new_terms.history_window_start[0]
    : undefined;
  return {
    new_terms_fields: new_terms.value,
    ...(isObject(window) ? { history_window_start: window.value } : {}),
  };
}

/** `field` is a list, empty for "no grouping", and so is `cardinality`. */
function listThresholdFields(threshold: unknown): RawObject {
  if (!isObject(threshold)) return {};
  const { field, cardinality } = threshold;
  return {
    threshold: {
      ...threshold,
      field: field === undefined || field === "" ? [] : Array.isArray(field) ? field : [field],
      ...(isObject(cardinality) ? { cardinality: [cardinality] } : {}),
    },
  };
}

function addTechnique(threat: unknown): unknown {
  return isObject(threat) && threat.technique === undefined ? { ...threat, technique: [] } : threat;
}

/** `throttle` is there even where it is null, which TOML can't say (detection-semantics 1.4). */
function addThrottle(action: unknown): unknown {
  if (!isObject(action) || !isObject(action.frequency)) return action;
  return { ...action, frequency: { throttle: null, ...action.frequency } };
}
