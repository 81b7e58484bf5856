import { type Fields, setField } from "../fields.ts";

const hives: ReadonlyMap<string, string> = new Map(
  [
    ["HKLM", "HKEY_LOCAL_MACHINE"],
    ["HKU", "HKEY_USERS"],
    ["HKCR", "HKEY_CLASSES_ROOT"],
    ["HKCU", "HKEY_CURRENT_USER"],
    ["HKCC", "HKEY_CURRENT_CONFIG"],
    ["HKDD", "HKEY_DYN_DATA"],
    ["HKPD", "HKEY_PERFORMANCE_DATA"],
  ].flatMap(([short = "", long = ""]) => [
    [short, short],
    [long, short],
  ]),
);

/**
 * A registry path as Sysmon writes it (ecs-mapping 2.3): `registry.key` keeps the value's name, and
 * `registry.value` is the last part, which for keys is a key.
 */
export function setRegistryPath(document: Fields, path: string | undefined): void {
  if (path === undefined) return;
  setField(document, "registry.path", path);
  const parts = path.split("\\");
  const hive = hives.get((parts[0] ?? "").toUpperCase());
  if (hive !== undefined) {
    setField(document, "registry.hive", hive);
    setField(document, "registry.key", parts.slice(1).join("\\"));
  }
  setField(document, "registry.value", parts.at(-1));
}

/** What was written: `DWORD (0x00000004)`, `QWORD (0x00000000-0x00000004)`, `Binary Data` or text. */
export function setRegistryData(document: Fields, details: string | undefined): void {
  if (details === undefined) return;
  const [type, text] = readDetails(details);
  setField(document, "registry.data.type", type);
  setField(document, "registry.data.strings", [text]);
}

function readDetails(details: string): [type: string, text: string] {
  const quad = /^QWORD \(0x([0-9a-f]{1,8})-0x([0-9a-f]{1,8})\)$/i.exec(details);
  if (quad !== null) {
    const [, high = "0", low = "0"] = quad;
    // Elastic's pipeline shifts the high half by 8 bits instead of 32; rules see the sum it makes.
    const value = (BigInt(`0x${high}`) << 8n) + BigInt(`0x${low}`);
    return ["SZ_QWORD", String(value)];
  }
  const double = /^DWORD \(0x([0-9a-f]{1,8})\)$/i.exec(details);
  if (double !== null) return ["SZ_DWORD", String(Number.parseInt(double[1] ?? "0", 16))];
  return [details === "Binary Data" ? "REG_BINARY" : "REG_SZ", details];
}
