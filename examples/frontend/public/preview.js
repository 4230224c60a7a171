// Tells the editor's preview panel where the reader of a draft has scrolled to, so that the draft
// stays there when it is shown again after a change. Wagtail's own pages speak the same way.
const cms = document.currentScript.dataset.cms;
const tell = (message) => parent.postMessage({ wagtail: { ...message, origin: location.origin } }, cms);

addEventListener("message", (event) => {
  const message = event.origin === cms ? event.data?.wagtail : undefined;
  if (message?.type === "w-preview:get-scroll-position") {
    tell({ type: "w-preview:set-scroll-position", x: scrollX, y: scrollY });
  } else if (message?.type === "w-preview:set-scroll-position") {
    scrollTo({ left: message.x, top: message.y, behavior: "instant" });
  }
});

if (parent !== window) {
  // The panel listens once it knows that this page has loaded, a moment after the page itself.
  addEventListener("load", () => setTimeout(tell, 200, { type: "w-preview:request-scroll" }));
}
