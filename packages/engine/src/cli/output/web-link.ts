/** An address of the web that may be followed. */
export interface WebLink {
  /** As browsers read it: only ASCII, nothing that could end a quoted attribute or an angle bracket. */
  readonly href: string;
  /** The host it leads to, names of other scripts in their ASCII form. */
  readonly host: string;
}

/** `undefined` for everything but `http:` and `https:`, so for what runs, reads files or says nothing. */
export function linkOf(text: string): WebLink | undefined {
  if (!/^https?:\/\//i.test(text) || text.length > longestAddress) return undefined;
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return undefined;
  }
  const href = url.href.replaceAll(
    /["'<>\\`|]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return url.host === "" ? undefined : { href, host: url.host };
}

/** Whether a text begins with the address up to its host, so that a reader sees where it leads. */
export function showsHost(text: string, { host }: WebLink): boolean {
  const start = /^https?:\/\//i.exec(text)?.[0];
  if (start === undefined) return false;
  const rest = text.slice(start.length);
  return rest.toLowerCase().startsWith(host) && /^(?:[/?#]|$)/.test(rest.slice(host.length));
}

/** Longer ones are no references. */
const longestAddress = 2048;
