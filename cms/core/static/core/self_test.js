/* Makes steps of the questions of a self-test, and adds up the answers. Sends nothing, stores
   nothing and leaves the address alone: answers are gone when the page is left. */

(() => {
  const test = document.querySelector("[data-self-test]");
  if (!test) return;
  const part = (name) => test.querySelector(`[data-part="${name}"]`);
  const questions = [...test.querySelectorAll(".self-test-question")];
  const bands = [...test.querySelectorAll(".self-test-band")];
  const inputs = [...test.querySelectorAll("input")];
  const buttons = [...part("buttons").children];
  const [unanswered, danger] = [part("unanswered"), part("danger")];
  let step = 0;

  const answer = (question) => question.querySelector("input:checked");
  const sum = () => questions.reduce((total, each) => total + Number(answer(each)?.value ?? 0), 0);

  const show = (next) => {
    step = next;
    const isLast = step === questions.length - 1;
    const isDone = step === questions.length;
    const reached = isDone && bands.filter((band) => Number(band.dataset.lowest) <= sum()).pop();
    const offered = isDone
      ? ["change", "print", "restart"]
      : [step > 0 && "back", isLast ? "finish" : "next"];
    test.dataset.state = isDone ? "result" : "question";
    unanswered.textContent = "";
    questions.forEach((each, number) => { each.hidden = number !== step; });
    bands.forEach((each) => { each.hidden = each !== reached; });
    buttons.forEach((each) => { each.hidden = !offered.includes(each.dataset.action); });
    return (isDone ? reached : questions[step]).querySelector("h3");
  };

  const go = (next) => {
    const heading = show(next);
    heading.tabIndex = -1;
    test.scrollIntoView();
    heading.focus();
  };

  const goOn = () => {
    if (answer(questions[step])) {
      go(step + 1);
    } else {
      unanswered.textContent = part("choose").content.textContent;
      questions[step].querySelector("input").focus();
    }
  };

  // A region that is read out when what it holds changes, without moving the focus.
  const showDanger = () => {
    const isDanger = inputs.some((input) => input.checked && "danger" in input.dataset);
    if (isDanger === danger.hasChildNodes()) return;
    danger.replaceChildren(...(isDanger ? [part("help").content.cloneNode(true)] : []));
  };

  const forget = () => {
    inputs.forEach((input) => { input.checked = false; });
    showDanger();
    return show(0);
  };

  const actions = {
    back: () => go(step - 1),
    next: goOn,
    finish: goOn,
    change: () => go(0),
    print: () => window.print(),
    restart: () => { forget(); go(0); },
  };

  test.addEventListener("change", () => {
    unanswered.textContent = "";
    showDanger();
  });
  buttons.forEach((each) => each.addEventListener("click", actions[each.dataset.action]));
  // Browsers keep pages in memory, and fill in again what was chosen before a reload.
  window.addEventListener("pagehide", forget);
  inputs.forEach((input) => { input.autocomplete = "off"; });
  part("buttons").hidden = false;
  part("private").hidden = false;
  forget();
})();
