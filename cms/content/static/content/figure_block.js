/* A figure that offers the description of its image (cms/content/blocks/image.py). */
(() => {
  const { StructBlockDefinition } = window.wagtailStreamField.blocks;

  class FigureBlockDefinition extends StructBlockDefinition {
    render(placeholder, prefix, initialState, initialError) {
      const figure = super.render(placeholder, prefix, initialState, initialError);
      const field = document.getElementById(`${prefix}-alt_text`);
      window.offerImageDescription(field, figure.childBlocks.image.widget, this.meta.description);
      return figure;
    }
  }

  window.telepath.register("samtal.blocks.Figure", FigureBlockDefinition);
})();
