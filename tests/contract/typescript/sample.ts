// What a front end does with an answer. It compiles while the contract is as it is, and names
// every page type and block, so that a new one stops it from compiling.

import type { components, operations } from "./schema";

type Schemas = components["schemas"];

function never(value: never): never {
  throw new Error(`Not known here: ${JSON.stringify(value)}`);
}

function richText(text: Schemas["RichText"]): string {
  return "html" in text ? text.html : text.markdown;
}

function target(link: Schemas["PageLink"] | Schemas["UrlLink"]): string {
  switch (link.kind) {
    case "page":
      return link.is_fallback ? `${link.path} (${link.locale})` : link.path;
    case "url":
      return link.url;
    default:
      return never(link);
  }
}

type Around = Pick<Schemas["ListValue"], "heading" | "text_before" | "text_after">;

function around(value: Around, items: string[]): string {
  const [before, after] = [value.text_before, value.text_after].map((text) =>
    text ? richText(text) : "",
  );
  return value.heading + before + items.join() + after;
}

export function block(item: Schemas["BodyBlock"]): string {
  switch (item.type) {
    case "section":
      return item.value.heading + richText(item.value.text);
    case "steps":
      return around(
        item.value,
        item.value.items.map((step) => step.title + richText(step.text)),
      );
    case "key_points":
      return around(
        item.value,
        item.value.items.map((point) => point.term + richText(point.description)),
      );
    case "list":
      return around(item.value, item.value.items);
    case "quote":
      return item.value.text;
    case "callout":
      return item.value.heading + richText(item.value.text);
    case "sources":
      return item.value.items
        .map((source) => [source.author, source.title, source.year, source.url].join())
        .join();
    case "image":
      return (
        item.value.image.srcset.map((one) => `${one.src} ${one.width}w`).join() +
        (item.value.image.crops?.["16:9"].url ?? item.value.image.url)
      );
    case "faq_list":
      return item.value.entries.map((entry) => entry.question + richText(entry.answer)).join();
    case "self_test_cta":
      return item.value.button_label + target(item.value.target);
    case "related_methods":
      return item.value.methods.map((method) => method.path).join();
    case "contact_cta":
      return item.value.button_label + target(item.value.target);
    default:
      return never(item);
  }
}

export function page(item: Schemas["Page"]): string {
  switch (item.type) {
    case "home":
      return item.content.body.map(block).join();
    case "content":
      return item.content.body.map(block).join();
    case "therapy_method_index":
      return item.content.concerns.map((concern) => concern.method_count.toFixed()).join();
    case "therapy_method":
      return item.content.abbreviation + item.content.summary_label + (item.content.session_count?.maximum ?? "");
    case "concern_page":
      return richText(item.content.experience) + item.content.methods.map((method) => method.path).join();
    case "concern_index":
      return item.content.pages.map((one) => one.path).join() + item.content.concerns.map((one) => one.path ?? "").join();
    case "self_test":
      return (
        richText(item.content.crisis) +
        (item.content.start_button?.label ?? "") +
        item.content.questions.flatMap((question) => question.choices.map((choice) => choice.points.toFixed())).join() +
        item.content.bands.map((band) => richText(band.meaning) + (band.button?.label ?? "")).join()
      );
    case "faq":
      return item.content.topics.map((topic) => topic.entries.length.toFixed()).join();
    default:
      return never(item);
  }
}

export function answer(item: Schemas["PageOrRedirect"]): string {
  return item.kind === "redirect" ? item.location : page(item);
}

export function line(item: Schemas["ExportLine"]): string {
  return item.kind === "end" ? item.count.toFixed() : page(item);
}

type Query<Name extends "listPages" | "search"> = NonNullable<operations[Name]["parameters"]["query"]>;

// As programs have it that were written when each was a single value and a language any string.
export const single = (locale: string, concern: string): Query<"listPages"> => ({
  locale,
  fallback: locale,
  type: "therapy_method",
  concern,
  limit: 100,
});

export const several: Query<"listPages"> = {
  locale: "sv",
  type: ["therapy_method", "faq"],
  concern: ["sorg", "stress"],
  ids: [3, 1, 2],
  fields: ["title", "path"],
  include: "content",
};

export const hits: Query<"search"> = { locale: "en", q: "sleep", type: ["faq_entry", "content"] };

// Items of the list are summaries still, and have the whole page where it was asked for.
export const summaries = (list: Schemas["PageList"]): Schemas["PageSummary"][] => list.items;
export const pages = (list: Schemas["PageList"]): string[] =>
  list.items.map((item) => (item.page ? page(item.page) : item.title));

export function problem(error: Schemas["Problem"]): string {
  return `${error.status.toFixed()} ${error.title}: ${error.detail}`;
}

// @ts-expect-error  A schema is closed: what the contract does not name is not there.
export const unknownField = (item: Schemas["SectionBlock"]): unknown => item.value.colour;

// @ts-expect-error  What can be missing has to be asked for.
export const unasked = (item: Schemas["TherapyMethodContent"]): number => item.sessions.minutes;

// @ts-expect-error  A text around items can be missing.
export const unaskedText = (item: Schemas["BulletListBlock"]): string => richText(item.value.text_before);

// @ts-expect-error  The fields to choose from are named.
export const unknownChoice: Query<"listPages"> = { locale: "sv", fields: ["colour"] };
