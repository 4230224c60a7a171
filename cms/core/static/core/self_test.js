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
  const inDanger = () => inputs.some((input) => input.checked && "danger" in input.dataset);
  const sum = () => questions.reduce((total, each) => total + Number(answer(each)?.value ?? 0), 0);

  const show = (next) => {
    step = next;
    const isLast = step === questions.length - 1;
    const isDone = step === questions.length;
    // An answer that points to danger is not made light of by the others.
    const reached = isDone
      && bands.filter((band) => inDanger() || Number(band.dataset.lowest) <= sum()).pop();
    const offered = isDone
      ? ["change", "print", "restart"]
      : [step > 0 && "back", isLast ? "finish" : "next"];
    test.dataset.state = isDone ? "result" : "question";
    unanswered.textContent = "";
    questions.forEach((each, number) => { each.hidden = number !== step; });
    bands.forEach((each) => { each.hidden = each !== reached; });
    buttons.forEach((each) => { each.hidden = !offered.includes(each.dataset.action); });
    const first = isDone && danger.hasChildNodes() ? danger : reached || questions[step];
    return first.querySelector("h3");
  };

  const go = (next) => {
    const heading = show(next);
    heading.tabIndex = -1;
    test.scrollIntoView();
    heading.focus({ preventScroll: true });
  };

  const goOn = () => {
    if (answer(questions[step])) {
      go(step + 1);
    } else {
      unanswered.textContent = part("choose").content.textContent;
      questions[step].setAttribute("aria-invalid", "true");
      questions[step].querySelector("input").focus();
    }
  };

  // A region that is read out when what it holds changes, without moving the focus. On a small
  // screen it would come up below what is seen.
  const showDanger = () => {
    if (inDanger() === danger.hasChildNodes()) return;
    danger.replaceChildren(...(inDanger() ? [part("help").content.cloneNode(true)] : []));
    if (danger.hasChildNodes()) danger.scrollIntoView({ block: "nearest" });
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
    questions[step]?.removeAttribute("aria-invalid");
    showDanger();
  });
  buttons.forEach((each) => each.addEventListener("click", actions[each.dataset.action]));
  // Browsers keep pages in memory, and fill in again what was chosen before a reload. What somebody
  // chose before a late script came is theirs.
  window.addEventListener("pagehide", forget);
  inputs.forEach((input) => { input.autocomplete = "off"; });
  part("buttons").hidden = false;
  part("private").hidden = false;
  const [visit] = performance.getEntriesByType("navigation");
  if (visit?.type === "navigate") {
    const open = questions.findIndex((question) => !answer(question));
    show(open < 0 ? questions.length - 1 : open);
    showDanger();
  } else {
    forget();
  }
})();
