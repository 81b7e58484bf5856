/** Written by the service that keeps the log itself. */
const eventlogIds: ReadonlySet<string> = new Set(["1100", "1102", "1104", "1105", "1108"]);
const serviceIds: ReadonlySet<string> = new Set(["7045", "7040", "7036", "7034", "7031", "7023"]);

/** The provider of an event whose export lost it. Most channels have one, and carry its name; empty where we cannot tell. */
export function guessProvider(channel: string, eventId: string): string {
  const [name = "", rest] = channel.split("/");
  if (rest !== undefined) return name;
  switch (channel.toLowerCase()) {
    case "security":
      return eventlogIds.has(eventId)
        ? "Microsoft-Windows-Eventlog"
        : "Microsoft-Windows-Security-Auditing";
    case "windows powershell":
      return "PowerShell";
    case "system":
      return serviceIds.has(eventId) ? "Service Control Manager" : "";
    default:
      return "";
  }
}
