// The Delivery API, typed by its own document. Every call gives data or throws a ProblemError.
import createClient from "openapi-fetch";
import { CMS_URL } from "../env";
import type { components, paths } from "./schema";

export type Schemas = components["schemas"];
export type Page = Schemas["Page"];
export type Block = Schemas["BodyBlock"];

const client = createClient<paths>({ baseUrl: CMS_URL });

export class ProblemError extends Error {
  constructor(
    readonly status: number,
    readonly detail: string,
    url: string,
  ) {
    super(`${url} answers ${status.toString()}: ${detail}`);
  }
}

interface Answer<T> {
  data?: T;
  error?: Schemas["Problem"];
  response: Response;
}

async function given<T>(call: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await call;
  if (data !== undefined) return data;
  throw new ProblemError(response.status, error?.detail ?? response.statusText, response.url);
}

const V1 = "/api/delivery/v1";

export async function locales(): Promise<Schemas["LocaleInfo"][]> {
  return (await given(client.GET(`${V1}/locales/`))).items;
}

export function navigation(locale: string): Promise<Schemas["Frame"]> {
  return given(client.GET(`${V1}/navigation/`, { params: { query: { locale } } }));
}

// By cursor: each page once, even where an editor publishes while the site is built.
export async function everyPage(locale: string): Promise<Page[]> {
  const found: Page[] = [];
  for (let cursor: string | null = null; ; ) {
    const query = { locale, limit: 100, include: "content" as const, cursor };
    const slice: Schemas["PageList"] = await given(
      client.GET(`${V1}/pages/`, { params: { query } }),
    );
    found.push(...slice.items.flatMap((item) => item.page ?? []));
    cursor = slice.next_cursor ?? null;
    if (cursor === null) return found;
  }
}

export function pageByPath(path: string): Promise<Schemas["PageOrRedirect"]> {
  return given(client.GET(`${V1}/pages/by-path/`, { params: { query: { path } } }));
}

export function search(locale: string, q: string, offset: number): Promise<Schemas["SearchHitList"]> {
  const query = { locale, q, offset, limit: 10 };
  return given(client.GET(`${V1}/search/`, { params: { query } }));
}

export function draft(token: string): Promise<Page> {
  return given(client.GET(`${V1}/preview/`, { params: { query: { token } } }));
}
