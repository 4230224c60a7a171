/* The site's own checks for Wagtail's content checker. Each takes an element and the options of
   its check in cms/editing/checker/item.py, and says whether all is well. */
(() => {
  const language = (element) => (element.closest("[lang]")?.lang || "").split("-")[0];

  const squeeze = (text) => text.replace(/\s+/g, " ").trim();

  const plain = (text) =>
    squeeze(text.toLowerCase().replace(/[^\p{L}\p{N}\s]/gu, " "));

  const altText = (image) => squeeze(image.getAttribute("alt") || "");

  const linkText = (link) => squeeze(link.getAttribute("aria-label") || link.textContent || "");

  const checks = {
    "check-alt-text-words": (image) => {
      const alt = altText(image);
      const fileName = /\.(avif|gif|jpe?g|png|svg|webp)$|_|^(img|dsc|image)[- ]?\d+$/i;
      return alt === "" || (/\p{L}/u.test(alt) && !fileName.test(alt));
    },
    "check-alt-text-beginning": (image, { beginnings }) => {
      const alt = `${plain(altText(image))} `;
      return !(beginnings[language(image)] || []).some((words) => alt.startsWith(`${words} `));
    },
    "check-alt-text-length": (image, { longest }) => altText(image).length <= longest,
    "check-link-text-vague": (link, { texts }) =>
      !(texts[language(link)] || []).includes(plain(linkText(link))),
    "check-link-text-address": (link) => !/^(https?:\/\/|www\.)/i.test(linkText(link)),
  };

  const userbar = document.querySelector("wagtail-userbar");
  Object.entries(checks).forEach(([name, check]) => userbar?.registerCheck?.(name, check));
})();
