// Addresses as the API gives them, made into addresses of this site.
import type { Schemas } from "./api/client";
import { CMS_URL, SITE_URL } from "./env";

export function href(link: Schemas["PageLink"] | Schemas["UrlLink"]): string {
  return link.kind === "page" ? link.path : link.url;
}

/** Finished HTML, with documents fetched from the CMS. */
export function html(text: Schemas["RichText"]): string {
  if (!("html" in text)) throw new Error("This site reads rich text as HTML.");
  return text.html.replaceAll('href="/documents/', `href="${CMS_URL}/documents/`);
}

/** An address of a page on the CMS, as the address of the same page here. */
export function here(url: string): string {
  return SITE_URL + new URL(url).pathname;
}

/** A phone number as a tel: address, without the spaces that people read (RFC 3966). */
export function tel(phone: string): string {
  return `tel:${phone.replaceAll(/[^+0-9]/g, "")}`;
}
