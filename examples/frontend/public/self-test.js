// One question at a time, added up in the browser. Nothing is sent or stored.
(() => {
  const test = document.querySelector("[data-self-test]");
  const one = (selector) => test.querySelector(selector);
  const questions = [...test.querySelectorAll("[data-question]")];
  const bands = [...test.querySelectorAll("[data-band]")];
  const inputs = [...test.querySelectorAll("input")];
  const [unanswered, danger] = [one("[data-unanswered]"), one("[data-danger-help]")];
  const [back, next, restart] = ["back", "next", "restart"].map((name) => one(`button[data-${name}]`));
  let step = 0;

  const inDanger = () => inputs.some((input) => input.checked && "danger" in input.dataset);

  const show = (number) => {
    step = number;
    const isDone = step === questions.length;
    const points = inputs.filter((input) => input.checked).reduce((sum, input) => sum + Number(input.value), 0);
    const reached = isDone && bands.filter((band) => inDanger() || Number(band.dataset.band) <= points).pop();
    questions.forEach((question, place) => { question.hidden = place !== step; });
    bands.forEach((band) => { band.hidden = band !== reached; });
    back.hidden = step === 0;
    next.hidden = isDone;
    restart.hidden = !isDone;
    unanswered.textContent = "";
    return (reached || questions[step]).querySelector("h3");
  };
  const showDanger = () => {
    if (inDanger() === danger.hasChildNodes()) return;
    danger.replaceChildren(...(inDanger() ? [one("template[data-help]").content.cloneNode(true)] : []));
    if (danger.hasChildNodes()) danger.scrollIntoView({ block: "nearest" });
  };
  const forget = () => {
    inputs.forEach((input) => { input.checked = false; });
    showDanger();
    return show(0);
  };

  back.addEventListener("click", () => show(step - 1).focus());
  next.addEventListener("click", () => {
    if (questions[step].querySelector("input:checked")) {
      show(step + 1).focus();
    } else {
      unanswered.textContent = one("template[data-choose]").content.textContent;
      questions[step].querySelector("input").focus();
    }
  });
  restart.addEventListener("click", () => forget().focus());
  test.addEventListener("change", showDanger);
  window.addEventListener("pagehide", forget);
  test.classList.add("runs");
  one("[data-buttons]").hidden = false;
  forget();
})();
