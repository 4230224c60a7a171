/* A figure whose chooser of an image offers the image's description as its text alternative
   (cms/content/blocks/image.py). Images have one description, in the language of the site: it is
   offered where the page is in that language, and never written by itself. */
(() => {
  const { StructBlockDefinition } = window.wagtailStreamField.blocks;

  const descriptionOf = (image) =>
    image && image.default_alt_text !== image.title ? image.default_alt_text || "" : "";

  class FigureBlockDefinition extends StructBlockDefinition {
    render(placeholder, prefix, initialState, initialError) {
      const figure = super.render(placeholder, prefix, initialState, initialError);
      if (window.wagtailConfig?.ACTIVE_CONTENT_LOCALE !== this.meta.descriptionLocale) {
        return figure;
      }
      const field = document.getElementById(`${prefix}-alt_text`);
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button button-small button-secondary w-my-2";
      field.after(button);
      let description = descriptionOf(initialState?.image);
      const offer = () => {
        button.hidden = !description || field.value === description;
        button.textContent = this.meta.useDescription.replace("%(description)s", description);
      };
      button.addEventListener("click", () => {
        field.value = description;
        field.dispatchEvent(new Event("input", { bubbles: true }));
        field.dispatchEvent(new Event("change", { bubbles: true }));
        field.focus();
      });
      field.addEventListener("input", offer);
      figure.childBlocks.image.widget.addEventListener("chosen", ({ detail }) => {
        description = descriptionOf(detail);
        offer();
      });
      offer();
      return figure;
    }
  }

  window.telepath.register("samtal.blocks.Figure", FigureBlockDefinition);
})();
