// The words of this front end itself. Content comes in its own language from the API.

const sv = {
  name: "Svenska",
  dates: "sv",
  home: "/",
  searchPath: "/sok/",
  concernPath: "hjalper-mot",
  skip: "Hoppa till innehållet",
  menu: "Huvudmeny",
  language: "Språk",
  noTranslation: "den här sidan finns inte på språket, länken leder till startsidan",
  breadcrumb: "Brödsmulor",
  crisis: "Akut hjälp",
  more: "Mer",
  call: (phone: string) => `Ring ${phone}`,
  text: (number: string) => `Sms:a ${number}`,
  chat: (site: string) => `Chatta på ${site}`,
  forYoung: "För dig som är ung",
  sessions: (low: number, high: number, minutes: number | undefined) =>
    `${low === high ? low.toString() : `${low.toString()}–${high.toString()}`} samtal${minutes ? ` à ${minutes.toString()} minuter` : ""}`,
  helpsWith: "Hjälper mot",
  reviewed: (name: string, title: string, day: string, next: string) =>
    `Granskad av ${name}, ${title}, ${day}. Nästa granskning ${next}.`,
  madeUp: (name: string) => `Ingen har granskat den här texten: ${name} är påhittad. Raden nedanför visar bara var en granskning skulle stå.`,
  filter: "Vad vill du ha hjälp med?",
  all: "Alla metoder",
  methods: (count: number) => (count === 1 ? "1 metod" : `${count.toString()} metoder`),
  onThisPage: "På den här sidan",
  experience: "Så kan det vara",
  helping: "Metoder som kan hjälpa",
  seekCare: "När du bör söka vård",
  alsoHelp: "Det här kan vi också hjälpa till med",
  about: "Om testet",
  answers: "Vad händer med dina svar?",
  start: "Så börjar du",
  turnTo: "Om du mår akut dåligt",
  test: "Testet",
  byHand: "Sidan kan inte räkna ihop dina svar utan JavaScript. Välj här eller skriv ut, räkna ihop poängen och läs vad de kan betyda.",
  step: (number: number, count: number) => `Fråga ${number.toString()} av ${count.toString()}:`,
  points: (points: number) => `${points.toString()} poäng`,
  fromPoints: (points: number) => `Från ${points.toString()} poäng`,
  whatNext: "Det här kan du göra",
  back: "Tillbaka",
  goOn: "Gå vidare",
  restart: "Börja om",
  choose: "Välj det svar som känns närmast och gå vidare.",
  notAlone: "Du behöver inte bära det här ensam. Prata med någon nu.",
  search: "Sök",
  searchResults: "Sökresultat",
  didYouMean: "Menade du",
  helpWith: "Hjälp med",
  searchLabel: "Vad letar du efter?",
  searchHint: "Skriv ett eller flera ord, till exempel sömn eller första samtalet.",
  found: (count: number, words: string) =>
    count === 1 ? `1 träff på ”${words}”` : `${count.toString()} träffar på ”${words}”`,
  nothing: (words: string) => `Inga träffar på ”${words}”. Pröva ett annat ord, eller färre ord.`,
  question: "Fråga och svar",
  questions: "Vanliga frågor",
  previous: "Föregående",
  next: "Nästa",
  notFound: "Sidan finns inte",
  notFoundText: "Den kan ha flyttats eller tagits bort. Sök, eller börja om från startsidan.",
  toHome: "Till startsidan",
  unavailable: "Sidan kan inte visas just nu",
  unavailableText: "Vi har ett tillfälligt fel. Försök igen om en liten stund.",
  behind: (language: string, date: string) =>
    `Den ${language} versionen uppdaterades den ${date}. Den här översättningen ses över.`,
  draft: "Utkast. Bara du som redigerar ser det här.",
  draftRefused: "Utkastet kan inte visas",
  draftRefusedText: "Länken har gått ut eller gäller inte längre. Öppna förhandsvisningen igen i redigeraren.",
};

export type Words = typeof sv;

const en: Words = {
  name: "English",
  dates: "en-GB",
  home: "/en/",
  searchPath: "/en/search/",
  concernPath: "helps-with",
  skip: "Skip to content",
  menu: "Main menu",
  language: "Language",
  noTranslation: "this page is not in that language, the link leads to the home page",
  breadcrumb: "Breadcrumb",
  crisis: "Urgent help",
  more: "More",
  call: (phone) => `Call ${phone}`,
  text: (number) => `Text ${number}`,
  chat: (site) => `Chat at ${site}`,
  forYoung: "For you who are young",
  sessions: (low, high, minutes) =>
    `${low === high ? low.toString() : `${low.toString()}–${high.toString()}`} ${high === 1 ? "session" : "sessions"}${minutes ? ` of ${minutes.toString()} minutes` : ""}`,
  helpsWith: "Helps with",
  reviewed: (name, title, day, next) => `Reviewed by ${name}, ${title}, on ${day}. Next review ${next}.`,
  madeUp: (name) => `Nobody has reviewed this text: ${name} is made up. The line below shows where a review is told of.`,
  filter: "What would you like help with?",
  all: "All methods",
  methods: (count) => (count === 1 ? "1 method" : `${count.toString()} methods`),
  onThisPage: "On this page",
  experience: "What it can be like",
  helping: "Methods that can help",
  seekCare: "When to seek care",
  alsoHelp: "We can help with this as well",
  about: "About the test",
  answers: "What happens with your answers?",
  start: "How to start",
  turnTo: "If you feel acutely unwell",
  test: "The test",
  byHand: "This page cannot add up your answers without JavaScript. Choose here or print it, add up the points, and read what they can mean.",
  step: (number: number, count: number) => `Question ${number.toString()} of ${count.toString()}:`,
  points: (points: number) => (points === 1 ? "1 point" : `${points.toString()} points`),
  fromPoints: (points: number) => `From ${points.toString()} points`,
  whatNext: "What you can do next",
  back: "Back",
  goOn: "Go on",
  restart: "Start over",
  choose: "Choose the answer that feels closest, and go on.",
  notAlone: "You do not have to carry this alone. Talk to someone now.",
  search: "Search",
  searchResults: "Search results",
  didYouMean: "Did you mean",
  helpWith: "Help with",
  searchLabel: "What are you looking for?",
  searchHint: "Write one or more words, such as sleep or first session.",
  found: (count, words) =>
    count === 1 ? `1 result for “${words}”` : `${count.toString()} results for “${words}”`,
  nothing: (words) => `No results for “${words}”. Try another word, or fewer words.`,
  question: "Question and answer",
  questions: "Frequently asked questions",
  previous: "Previous",
  next: "Next",
  notFound: "There is no such page",
  notFoundText: "It may have moved or been removed. Search, or start again from the home page.",
  toHome: "To the home page",
  unavailable: "This page cannot be shown right now",
  unavailableText: "Something is wrong for the moment. Please try again in a little while.",
  behind: (language, date) =>
    `The ${language} version was updated on ${date}. This translation is being revised.`,
  draft: "Draft. Only you who edit see this.",
  draftRefused: "The draft cannot be shown",
  draftRefusedText: "The link has expired or is no longer valid. Open the preview in the editor again.",
};

const ALL: Record<string, Words> = { sv, en };

/** The words of a language; a language of the API that has none stops the build. */
export function words(locale: string): Words {
  const found = ALL[locale];
  if (!found) throw new Error(`src/i18n.ts has no words for the language ${locale}.`);
  return found;
}

/** The language that a path is in; nothing but the path decides. */
export function localeOf(path: string): string {
  const prefixed = Object.entries(ALL).find(([, { home }]) => home !== "/" && `${path}/`.startsWith(home));
  return prefixed?.[0] ?? "sv";
}

export const LOCALES = Object.keys(ALL);
