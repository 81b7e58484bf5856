import { type Fields, setField } from "../fields.ts";

/** RFC 3986, appendix B, for addresses that name a scheme. */
const parts = /^([a-z][a-z0-9+.-]{0,30}):(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/is;

/** The parts of an address as `url.*`, as Elasticsearch's `uri_parts` names them; nothing for what is no address. */
export function setUrl(document: Fields, written: unknown): boolean {
  const found = typeof written === "string" ? parts.exec(written) : null;
  if (found === null) return false;
  const [original, scheme, authority = "", path = "", query, fragment] = found;
  setField(document, "url.original", original);
  setField(document, "url.scheme", scheme);
  setField(document, "url.path", path);
  setField(document, "url.query", query);
  setField(document, "url.fragment", fragment);
  setAuthority(document, authority);
  const dot = path.lastIndexOf(".");
  if (dot >= 0 && !path.slice(dot).includes("/")) {
    setField(document, "url.extension", path.slice(dot + 1));
  }
  return true;
}

function setAuthority(document: Fields, authority: string): void {
  const at = authority.lastIndexOf("@");
  if (at >= 0) {
    const user = authority.slice(0, at);
    const colon = user.indexOf(":");
    setField(document, "url.user_info", user);
    setField(document, "url.username", colon < 0 ? user : user.slice(0, colon));
    if (colon >= 0) setField(document, "url.password", user.slice(colon + 1));
  }
  const host = authority.slice(at + 1);
  const port = /:(\d{1,5})$/.exec(host);
  setField(document, "url.domain", port === null ? host : host.slice(0, port.index));
  if (port !== null) setField(document, "url.port", Number(port[1]));
}
