/* Comfort for translators: texts save themselves, and what comes next is one key away.
   Without it the form of the desk does the same with its buttons. */
(() => {
  const form = document.querySelector("[data-desk]");
  if (!form) return;

  const PAUSE = 1200;
  const timers = new Map();
  const running = new Map();
  const unsaved = new Set();
  let leaving = false;
  let last = null;

  const TALK = "[data-desk-comments]";

  const cards = () => [...form.querySelectorAll("[data-desk-card]")];
  const fieldOf = (card) => card.querySelector("textarea");
  const isOpen = (card) => card.dataset.open === "true";

  /* What a card sends: its text, the version that was seen, and the button that was pressed. */
  function contentsOf(card, button) {
    const data = new FormData();
    for (const input of card.querySelectorAll("textarea, input")) {
      if (input.closest(TALK)) continue;
      if (input.type !== "checkbox" || input.checked) data.append(input.name, input.value);
    }
    if (button) data.append(button.name, button.value);
    data.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    return data;
  }

  function say(card, words) {
    card.querySelector("[data-desk-saving]").textContent = words;
  }

  async function save(card, button) {
    clearTimeout(timers.get(card));
    timers.delete(card);
    if (running.has(card)) await running.get(card);
    unsaved.delete(card);
    const sending = send(card, button);
    running.set(card, sending);
    await sending;
    running.delete(card);
  }

  async function send(card, button) {
    const sent = fieldOf(card).value;
    try {
      const response = await fetch(card.dataset.url, {
        method: "POST",
        body: contentsOf(card, button),
      });
      const answer = await response.json();
      if (!response.ok) throw new Error(answer.error);
      show(card, answer, Boolean(button));
    } catch (error) {
      unsaved.add(card);
      say(card, whyNot(error));
      return;
    }
    if (!button && fieldOf(card).value !== sent) unsaved.add(card);
    say(card, "");
    document.dispatchEvent(new CustomEvent("w-unsaved:add"));
  }

  /* Takes over what the server shows of the card now; the field keeps what is being written. */
  function show(card, answer, takeText) {
    const fresh = new DOMParser()
      .parseFromString(answer.card, "text/html")
      .querySelector("[data-desk-card]");
    for (const part of card.querySelectorAll("[data-desk-part]")) {
      part.replaceWith(fresh.querySelector(`[data-desk-part="${part.dataset.deskPart}"]`));
    }
    const field = fieldOf(card);
    if (takeText) field.value = fieldOf(fresh).value;
    field.toggleAttribute("aria-invalid", fieldOf(fresh).hasAttribute("aria-invalid"));
    card.dataset.open = fresh.dataset.open;
    card.dataset.state = fresh.dataset.state;
    const group = card.closest("[data-desk-group]");
    group.dataset.open = String(Boolean(group.querySelector('[data-open="true"]')));
    form.querySelector("[data-desk-progress]").innerHTML = answer.progress;
    form.dataset.ready = String(answer.ready);
    allowForward();
  }

  /* Publishing waits for every text that needs work to have been written. The server decides. */
  function allowForward() {
    const waiting = cards().filter(
      (card) => isOpen(card) && !(unsaved.has(card) && fieldOf(card).value.trim()),
    );
    const written = waiting.length === 0 && cards().some((card) => unsaved.has(card));
    const allowed = form.dataset.ready === "true" || written;
    for (const button of form.querySelectorAll("[data-desk-forward]")) button.disabled = !allowed;
    const reason = form.querySelector("[data-desk-not-ready]");
    if (reason) reason.hidden = allowed;
  }

  /* A text that is on its way is open still, and needs no work. */
  function goToNext(from) {
    const all = cards();
    const start = all.indexOf(from) + 1;
    const next = [...all.slice(start), ...all.slice(0, start)].find(
      (card) => isOpen(card) && card !== from && !unsaved.has(card) && !running.has(card),
    );
    if (!next) return false;
    fieldOf(next).focus({ preventScroll: true });
    next.scrollIntoView({ block: "center" });
    return true;
  }

  form.addEventListener("input", (event) => {
    const card = event.target.closest("[data-desk-card]");
    if (!card || event.target.closest(TALK)) return;
    if (!event.target.matches("textarea, [type=checkbox]")) return;
    card.dataset.touched = "";
    unsaved.add(card);
    clearTimeout(timers.get(card));
    timers.set(card, setTimeout(() => save(card), PAUSE));
    allowForward();
  });

  form.addEventListener("change", (event) => {
    const card = event.target.closest("[data-desk-card]");
    if (card && !event.target.closest(TALK) && unsaved.has(card)) save(card);
  });

  /* Comments are sent by their buttons alone, and shown again as the server has them now. */
  async function talk(card, area, button) {
    if ("busy" in area.dataset) return;
    area.dataset.busy = "";
    const data = new FormData();
    for (const field of area.querySelectorAll("textarea, [type=hidden]")) data.append(field.name, field.value);
    data.append(button.name, button.value);
    data.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    try {
      const response = await fetch(area.dataset.url, { method: "POST", body: data });
      const answer = await response.json();
      if (!response.ok) throw new Error(answer.error);
      const fresh = new DOMParser().parseFromString(answer.comments, "text/html").querySelector(TALK);
      area.replaceWith(fresh);
      say(card, answer.told);
      (fresh.querySelector("[aria-invalid]") || fresh).focus({ preventScroll: true });
    } catch (error) {
      delete area.dataset.busy;
      say(card, whyNot(error));
      button.focus();
    }
  }

  /* The server's words on a failure, or that the text did not arrive. */
  function whyNot(error) {
    const known = error instanceof Error && !(error instanceof TypeError || error instanceof SyntaxError);
    return known && error.message ? error.message : form.dataset.deskFailed;
  }

  const isTalking = () => [...form.querySelectorAll(`${TALK} textarea`)].some((field) => field.value.trim());

  form.addEventListener("click", (event) => {
    const card = event.target.closest("[data-desk-card]");
    const button = event.target.closest("button");
    const shown = event.target.closest("[data-desk-show]");
    const area = event.target.closest(TALK);
    if (card && area && button) {
      event.preventDefault();
      talk(card, area, button);
    } else if (event.target.closest("[data-desk-next]")) {
      if (goToNext(last)) event.preventDefault();
    } else if (shown) {
      event.preventDefault();
      showOnly(shown);
    } else if (card && button && "deskWrap" in button.dataset) {
      wrapSelection(fieldOf(card), button.dataset);
    } else if (card && button && "deskInsert" in button.dataset) {
      event.preventDefault();
      write(fieldOf(card), button.value);
    } else if (card && button && button.type === "submit") {
      event.preventDefault();
      card.dataset.touched = "";
      save(card, button).then(() => fieldOf(card).focus());
    }
  });

  /* The button that leads to the next text has the focus itself by then. */
  form.addEventListener("focusin", (event) => {
    last = event.target.closest("[data-desk-card]") || last;
  });

  form.addEventListener("keydown", (event) => {
    const card = event.target.closest("[data-desk-card]");
    if (!card || event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    if (event.target.closest(TALK)) {
      const part = event.target.closest("details");
      if (part) part.querySelector("button").click();
      return;
    }
    if (unsaved.has(card)) save(card);
    goToNext(card);
  });

  function showOnly(link) {
    form.classList.toggle("desk--only-open", link.dataset.deskShow === "open");
    for (const card of cards()) delete card.dataset.touched;
    for (const other of form.querySelectorAll("[data-desk-show]")) {
      other.toggleAttribute("aria-current", other === link);
    }
    window.history.replaceState(null, "", link.href);
  }

  function wrapSelection(field, tag) {
    const { selectionStart: start, selectionEnd: end, value } = field;
    const middle = value.slice(start, end);
    field.setRangeText(`${tag.opening}${middle}${tag.closing}`, start, end, "end");
    if (!middle) field.selectionStart = field.selectionEnd = start + tag.opening.length;
    field.focus();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function write(field, text) {
    field.value = text;
    field.focus();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /* A text that is on its way arrives first, so that the form knows its new version. */
  form.addEventListener("submit", (event) => {
    for (const timer of timers.values()) clearTimeout(timer);
    timers.clear();
    if (running.size) {
      event.preventDefault();
      const { submitter } = event;
      Promise.all(running.values()).then(() => form.requestSubmit(submitter));
      return;
    }
    leaving = true;
  });

  window.addEventListener("beforeunload", (event) => {
    const times = [...form.querySelectorAll(".desk-times input")];
    const isTyped = times.some((field) => field.value !== field.defaultValue);
    if (!leaving && (unsaved.size || running.size || isTyped || isTalking())) event.preventDefault();
  });

  /* Browsers that do not let fields grow by themselves. */
  if (!CSS.supports("field-sizing", "content")) {
    const grow = (field) => {
      field.style.height = "auto";
      field.style.height = `${field.scrollHeight + 2}px`;
    };
    form.querySelectorAll("textarea").forEach(grow);
    form.addEventListener("input", (event) => event.target.matches("textarea") && grow(event.target));
  }

  if (window.location.hash === "#next") goToNext();
  form.dataset.ready = String(!form.querySelector("[data-desk-forward]:disabled"));
})();
