/** A place in the hour, written `mm:ss` or `mm:ss.mmm`. */
export type Moment = string;

export function secondsOf(at: Moment): number {
  const [minutes = "0", seconds = "0"] = at.split(":");
  return Number(minutes) * 60 + Number(seconds);
}

/** Moves a moment by some seconds. */
export function later(at: Moment, seconds: number): Moment {
  const total = secondsOf(at) + seconds;
  const minutes = Math.floor(total / 60);
  return `${String(minutes).padStart(2, "0")}:${(total - minutes * 60).toFixed(3).padStart(6, "0")}`;
}
