/** What `arch=` says: the machine of an ELF file with bits for word size and byte order (linux/audit.h). */
const architectures: ReadonlyMap<string, string> = new Map([
  ["c000003e", "x86_64"],
  ["40000003", "i386"],
  ["c00000b7", "aarch64"],
  ["40000028", "arm"],
  ["28", "armeb"],
  ["14", "ppc"],
  ["80000015", "ppc64"],
  ["c0000015", "ppc64le"],
  ["16", "s390"],
  ["80000016", "s390x"],
  ["c00000f3", "riscv64"],
  ["c0000102", "loongarch64"],
  ["8", "mips"],
  ["80000008", "mips64"],
  ["40000008", "mipsel"],
  ["c0000008", "mipsel64"],
  ["2", "sparc"],
  ["8000002b", "sparc64"],
]);

export function nameArchitecture(hex: string): string {
  const number = /^[0-9a-f]{1,8}$/i.test(hex) ? Number.parseInt(hex, 16).toString(16) : hex;
  return architectures.get(number) ?? `unknown[${number}]`;
}
