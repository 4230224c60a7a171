/* Offers an image's description as the text alternative of a use of the image
   (cms/content/image_descriptions.py). Images have one description, in one language: it is offered
   where the page is in that language, and written into no field by itself. */
window.offerImageDescription = (field, chooser, { locale, label }) => {
  if (!chooser || window.wagtailConfig?.ACTIVE_CONTENT_LOCALE !== locale) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button-small button-secondary w-my-2";
  field.after(button);

  /* Where there is no description, Wagtail offers the title. */
  const descriptionOf = (image) =>
    image && image.default_alt_text !== image.title ? image.default_alt_text || "" : "";
  let description = descriptionOf(chooser.getState());
  const offer = () => {
    button.hidden = !description || field.value === description;
    button.textContent = label.replace("%(description)s", description);
  };
  button.addEventListener("click", () => {
    field.value = description;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
    field.focus();
  });
  field.addEventListener("input", offer);
  chooser.addEventListener("chosen", ({ detail }) => {
    description = descriptionOf(detail);
    offer();
  });
  offer();
};

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("[data-describes]").forEach((field) => {
    const chooser = document.getElementById(`${field.dataset.describes}-chooser`)?.widget;
    window.offerImageDescription(field, chooser, JSON.parse(field.dataset.offer));
  });
});
