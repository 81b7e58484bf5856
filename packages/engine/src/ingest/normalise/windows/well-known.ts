/** Accounts whose SID is the same everywhere, as the languages of Windows spell them. */
const accounts: readonly [sid: string, ...names: readonly string[]][] = [
  [
    "S-1-5-18",
    "NT AUTHORITY\\SYSTEM",
    "NT-AUTORITÄT\\SYSTEM",
    "AUTORITE NT\\Système",
    "AUTORIDADE NT\\SISTEMA",
  ],
  [
    "S-1-5-19",
    "NT AUTHORITY\\LOCAL SERVICE",
    "NT-AUTORITÄT\\LOKALER DIENST",
    "AUTORITE NT\\SERVICE LOCAL",
  ],
  [
    "S-1-5-20",
    "NT AUTHORITY\\NETWORK SERVICE",
    "NT-AUTORITÄT\\NETZWERKDIENST",
    "AUTORITE NT\\SERVICE RÉSEAU",
  ],
];

const sids: ReadonlyMap<string, string> = new Map(
  accounts.flatMap(([sid, ...names]) => names.map((name) => [name.toLowerCase(), sid] as const)),
);

/** The SID of `NT AUTHORITY\SYSTEM` and its like; `undefined` for every other account. */
export function wellKnownSid(account: string | undefined): string | undefined {
  return account === undefined ? undefined : sids.get(account.toLowerCase());
}
