// A second press on a button of an editor, while the form is under way, would send the form again:
// the server does nothing twice, but would answer the second time with an error.
const FORMS = "form[data-edit-form], form[data-sent-once]";
// For whoever has stopped a page that did not come.
const PATIENCE = 10_000;

addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !form.matches(FORMS)) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, PATIENCE);
});

// A page that comes back from the browser's memory can be sent again.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll(FORMS)) delete form.dataset.sent;
});
