import { readThreats } from "../threat.ts";

/** A line for each tactic, technique and subtechnique: `TA0002 Execution > T1059 Command and Scripting Interpreter`. */
export function threatTexts(threat: unknown): readonly string[] {
  return readThreats(threat).flatMap(({ tactic, technique }) => {
    const head = nameOf(tactic);
    return [
      head,
      ...technique.flatMap((each) => [
        `${head} > ${nameOf(each)}`,
        ...each.subtechnique.map((sub) => `${head} > ${nameOf(each)} > ${nameOf(sub)}`),
      ]),
    ];
  });
}

function nameOf({ id, name }: { readonly id: string; readonly name: string }): string {
  return `${id} ${name}`;
}
