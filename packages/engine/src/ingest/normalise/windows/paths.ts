import { type Fields, setField } from "../fields.ts";

/** What is between the parts of a path: of Windows, or of Linux (Sysmon for Linux). */
export type Separator = "\\" | "/";

/** What stands behind the last separator; `undefined` where there is none (`System`, `<unknown process>`). */
export function nameOfPath(
  path: string | undefined,
  separator: Separator = "\\",
): string | undefined {
  if (path === undefined) return undefined;
  const at = path.lastIndexOf(separator);
  return at < 0 ? undefined : path.slice(at + 1);
}

/**
 * The executable of a process and the name that follows from it; `prefix` is `process` or
 * `process.parent`.
 */
export function setExecutable(document: Fields, prefix: string, path: string | undefined): void {
  setField(document, `${prefix}.executable`, path);
  setField(document, `${prefix}.name`, nameOfPath(path));
}

/**
 * A file's path with name, directory and extension. As Elastic has it, the extension is what stands
 * behind the last dot of the whole path, so that `C:\a.b\c` has the extension `b\c`.
 */
export function setFilePath(
  document: Fields,
  path: string | undefined,
  separator: Separator = "\\",
): void {
  if (path === undefined) return;
  setField(document, "file.path", path);
  const at = path.lastIndexOf(separator);
  if (at >= 0) {
    setField(document, "file.name", path.slice(at + 1));
    setField(document, "file.directory", path.slice(0, at));
  }
  setField(document, "file.extension", extensionOf(path));
}

export function extensionOf(path: string): string | undefined {
  const dot = path.lastIndexOf(".");
  return dot < 0 ? undefined : path.slice(dot + 1);
}
