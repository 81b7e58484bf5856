/** How far a hunt is. Counts only grow. */
export interface HuntProgress {
  /** Uncompressed bytes read. */
  readonly bytes: number;
  readonly events: number;
  readonly alerts: number;
}
