/** What a kind of event is about, and what its parts mean. The words are those of Auditbeat (go-libaudit). */
export interface AuditMeaning {
  /** `event.action`. */
  readonly action?: string;
  /** Separated by blanks, as all lists here. */
  readonly category?: string;
  readonly type?: string;
  readonly isAlert?: boolean;
  /** The kind of thing that is acted on: `file`, `socket`, `process`. */
  readonly what?: string;
  /** Which PATH record names the file; the first one, if there are not as many. */
  readonly path?: number;
  /** Values that say who acted (the first that is there), on what, and by what. */
  readonly actor?: string;
  readonly secondActor?: string;
  readonly object?: string;
  readonly secondObject?: string;
  readonly how?: string;
  /** The values that hold the address somebody came from. */
  readonly sourceIp?: string;
  /** Accounts that are set from `actor`, `secondActor`, `object`, or the value `uid`. */
  readonly accounts?: readonly (readonly [to: AuditAccount, from: AccountSource])[];
}

export type AuditAccount = "user" | "user.effective" | "user.target" | "group";
export type AccountSource = "actor" | "secondActor" | "object" | "uid";
