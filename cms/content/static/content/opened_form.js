// A browser that goes back may show a form as it was left, from memory. What is sent from it then
// is meant anew: `cms/core/creation.py` takes it for another form than the one that was sent.
window.addEventListener("pageshow", (event) => {
  const form = event.persisted && document.querySelector("form[data-edit-form]");
  if (!form) {
    return;
  }
  const field = document.createElement("input");
  field.type = "hidden";
  field.name = "form-opened-again";
  field.value = String(Date.now());
  form.append(field);
});
