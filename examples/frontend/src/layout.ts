// What surrounds a page: known for every language, asked for once while the site is built.
import { type Schemas, navigation } from "./api/client";

const FRESH_SECONDS = 5;
const kept = new Map<string, { at: number; frame: Promise<Schemas["Frame"]> }>();

export function frameOf(locale: string): Promise<Schemas["Frame"]> {
  const known = kept.get(locale);
  if (known && Date.now() - known.at < FRESH_SECONDS * 1000) return known.frame;
  const frame = navigation(locale);
  kept.set(locale, { at: Date.now(), frame });
  frame.catch(() => kept.delete(locale));
  return frame;
}
