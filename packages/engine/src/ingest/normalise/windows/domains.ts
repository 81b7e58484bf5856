import { type Fields, setField } from "../fields.ts";

/**
 * The registries that hand out names below a second label, and under which labels they do. Elastic asks the
 * Public Suffix List, which knows thousands more, most of them of single cities and providers; there, a name
 * comes out one label too short here. Everything else is registered right below its last label.
 */
const secondLevels: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  `ae: ac co gov mil net org sch
  ar: com edu gob gov int mil net org tur
  at: ac co gv or
  au: asn com edu gov id net org
  bd: ac com edu gov net org
  br: adv art blog com edu eng gov ind inf jus leg med mil mus net org pro srv tur tv
  cn: ac com edu gov mil net org
  co: com edu gov mil net nom org
  cy: ac com gov net org
  eg: com edu gov net org sci
  es: com edu gob nom org
  fr: asso com gouv nom prd tm
  gh: com edu gov mil org
  gr: com edu gov net org
  hk: com edu gov idv net org
  hu: co info org
  id: ac co desa go mil my net or sch web
  il: ac co gov idf k12 muni net org
  in: ac co edu firm gen gov ind mil net nic org res
  it: edu gov
  jp: ac ad co ed go gr lg ne or
  ke: ac co go info me mobi ne or sc
  kr: ac co es go hs kg mil ms ne or pe re sc
  lk: ac com edu gov net org
  ma: ac co gov net org press
  mx: com edu gob net org
  my: com edu gov mil name net org
  ng: com edu gov i mil mobi name net org sch
  nz: ac co geek gen govt health iwi kiwi maori mil net org parliament school
  pe: com edu gob mil net nom org
  ph: com edu gov mil net ngo org
  pk: com edu fam gov net org
  pl: aid com edu gov info mil net org
  pt: com edu gov int net nome org publ
  ro: arts com firm info nom nt org rec store tm www
  rs: ac co edu gov in org
  ru: ac edu gov int mil
  sa: com edu gov med net org pub sch
  sg: com edu gov net org per
  th: ac co go in mi net or
  tr: av bbs bel biz com dr edu gen gov info k12 kep mil name net org pol tel tv web
  tw: club com ebiz edu game gov idv mil net org
  ua: com edu gov in net org
  uk: ac co gov ltd me mod net nhs org plc police sch
  uy: com edu gub mil net org
  ve: co com edu gob info mil net org web
  vn: ac biz com edu gov health info int name net org pro
  za: ac co edu gov law mil net nom org school web`
    .split("\n")
    .map((line) => {
      const [country = "", labels = ""] = line.trim().split(": ");
      return [country, new Set(labels.split(" "))];
    }),
);

/** The parts of `dns.question.name`; none where it has no dot, and no domain where it is nothing but a suffix. */
export function setQuestionDomain(document: Fields, name: string | undefined): void {
  if (name === undefined) return;
  const labels = name.split(".");
  const last = labels.at(-1)?.toLowerCase() ?? "";
  const isName = labels.length > 1 && /[a-z]/.test(last) && labels.every((label) => label !== "");
  if (!isName) return;
  const isTwo = secondLevels.get(last)?.has(labels.at(-2)?.toLowerCase() ?? "") === true;
  const suffix = isTwo ? 2 : 1;
  setField(document, "dns.question.top_level_domain", labels.slice(-suffix).join("."));
  if (labels.length === suffix) return;
  setField(document, "dns.question.registered_domain", labels.slice(-suffix - 1).join("."));
  setField(document, "dns.question.subdomain", labels.slice(0, -suffix - 1).join("."));
}
