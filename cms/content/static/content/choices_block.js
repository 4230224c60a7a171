/* A list of choosers with a button for several choices (cms/content/blocks/choosing.py). */
(() => {
  const { ListBlockDefinition } = window.wagtailStreamField.blocks;

  class ChoicesBlockDefinition extends ListBlockDefinition {
    render(placeholder, prefix, initialState, initialError) {
      const list = super.render(placeholder, prefix, initialState, initialError);
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button button-small button-secondary w-my-2";
      button.textContent = this.meta.chooseSeveral;
      button.addEventListener("click", () => {
        // Pages are looked for beside those that are chosen.
        const parentId = list.children.map(({ block }) => block.getState()?.parentId).find(Boolean);
        this.childBlockDef.widget.openModal((choices) => this.add(list, choices), {
          multiple: true,
          ...(parentId && { parentId }),
        });
      });
      list.container.get(0).append(button);
      return list;
    }

    /* Append the choices that the list does not have, the first in the place of empty choosers. */
    add(list, choices) {
      const chosen = () => list.children.map(({ block }) => block.getValue());
      for (let index = list.children.length - 1; index >= 0; index -= 1) {
        if (!chosen()[index]) list.deleteBlock(index);
      }
      const known = new Set(chosen().map(String));
      for (const choice of choices) {
        if (known.has(String(choice.id))) continue;
        known.add(String(choice.id));
        const [, , id] = list._getChildDataForInsertion();
        const child = list.insert(this.initialChildState, list.children.length, { id });
        child.block.widget.setStateFromModalData(choice);
      }
    }
  }

  window.telepath.register("samtal.blocks.Choices", ChoicesBlockDefinition);
})();
