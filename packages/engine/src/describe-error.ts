/** What the system's codes say, as a sentence whose subject is the thing that was read or written. */
const plainWords: ReadonlyMap<string, string> = new Map([
  ["EACCES", "permission denied"],
  ["EBUSY", "it is in use"],
  ["EDQUOT", "the disk quota is used up"],
  ["EEXIST", "it exists already"],
  ["EFBIG", "it would become too large"],
  ["EIO", "the device failed"],
  ["EISDIR", "it is a folder"],
  ["ELOOP", "its links lead in a circle"],
  ["EMFILE", "too many files are open at once"],
  ["ENAMETOOLONG", "the name is too long"],
  ["ENFILE", "too many files are open on this machine"],
  ["ENODEV", "there is no such device"],
  ["ENOENT", "there is no such file or folder"],
  ["ENOMEM", "there is not enough memory"],
  ["ENOSPC", "there is no space left on the device"],
  ["ENOTDIR", "a part of the path is not a folder"],
  ["ENXIO", "there is no such device"],
  ["EPERM", "the system does not allow it"],
  ["EROFS", "the file system is read-only"],
  ["ESTALE", "the network file system has lost it"],
  ["ETIMEDOUT", "it did not answer in time"],
  ["ETXTBSY", "it is in use"],
  ["Z_BUF_ERROR", "the packed data ends too early"],
  ["Z_DATA_ERROR", "the packed data is damaged"],
]);

/**
 * Why something of the world failed, in plain words where its code is known, else as the error words it.
 * Names no path: whoever tells it does.
 */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return plainWords.get(code) ?? error.message;
}
