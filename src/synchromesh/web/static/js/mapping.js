// Keys for the mapping desk. Every button works without this file; the keys only press them.
"use strict";

(() => {
  const REMEMBERED = "mapping-single-keys";
  // Where the focus was when a decision was sent: the place in the list, or the table of links.
  let sent = null;

  const cards = () => Array.from(document.querySelectorAll("[data-suggestion]"));
  const button = (card, key) => card && card.querySelector(`[data-key="${key}"]`);
  const cardOf = (element) => (element instanceof Element ? element.closest("[data-suggestion]") : null);
  const say = (words) => {
    const status = document.getElementById("status");
    if (status) status.textContent = words;
  };

  function keysAreOn() {
    const box = document.querySelector("[data-mapping-switch]");
    return !box || box.checked;
  }

  function setUp() {
    const help = document.querySelector("[data-mapping-help]");
    const box = document.querySelector("[data-mapping-switch]");
    if (!help || !box) return;
    help.hidden = false;
    try {
      box.checked = localStorage.getItem(REMEMBERED) !== "off";
      box.addEventListener("change", () => localStorage.setItem(REMEMBERED, box.checked ? "on" : "off"));
    } catch {
      // Storage is not allowed: the choice lasts as long as the page.
    }
  }

  function move(from, by) {
    const all = cards();
    const place = from ? all.indexOf(from) + by : 0;
    const next = all[Math.max(0, Math.min(place, all.length - 1))];
    if (next) button(next, "c").focus();
  }

  function chooseLevel(card, level) {
    const select = card && card.querySelector("[data-mapping-level]");
    if (!select) return;
    select.value = level;
    say(select.selectedOptions[0].textContent.trim());
  }

  function press(key, card) {
    const wanted = key === "u" ? document.querySelector("[data-mapping-undo]") : button(card, key);
    if (wanted) wanted.click();
  }

  function act(key, card) {
    if (key === "j" || key === "ArrowDown") move(card, 1);
    else if (key === "k" || key === "ArrowUp") move(card, -1);
    else if ("123".includes(key)) chooseLevel(card, key);
    else if ("crnu".includes(key)) press(key, card);
    else if (key === "?") {
      const help = document.querySelector("[data-mapping-help]");
      if (help) help.open = !help.open;
    } else return false;
    return true;
  }

  document.addEventListener("keydown", (event) => {
    const target = event.target;
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat) return;
    if (event.key.length > 1 && !event.key.startsWith("Arrow")) return;
    if (!(target instanceof Element) || !target.closest("[data-mapping-keys]") || !keysAreOn()) return;
    if (target.matches("select, input, textarea")) return;
    if (act(event.key, cardOf(target))) event.preventDefault();
  });

  // The words of the suggestion that has the focus stand out in the text, and are in sight where both stand side by side.
  document.addEventListener("focusin", (event) => {
    const card = cardOf(event.target);
    const number = card && card.dataset.suggestion;
    const own = [];
    for (const mark of document.querySelectorAll("mark[data-marks]")) {
      const current = Boolean(number) && mark.dataset.marks.split(" ").includes(number);
      mark.classList.toggle("is-current", current);
      if (current) own.push(mark);
    }
    const text = document.querySelector("[data-mapping-text]");
    if (own.length && text && text.scrollHeight > text.clientHeight + 1) {
      text.scrollTop += own[0].getBoundingClientRect().top - text.getBoundingClientRect().top - text.clientHeight / 3;
    }
  });

  document.addEventListener("htmx:beforeRequest", (event) => {
    const form = event.detail.elt.closest("form");
    const card = cardOf(form);
    sent = form ? { place: card ? cards().indexOf(card) : 0, link: form.hasAttribute("data-mapping-link") } : null;
  });

  // The list was drawn anew: the focus goes to what came back, else to the next suggestion, else to the way back.
  document.addEventListener("htmx:afterSettle", () => {
    if (!sent) return;
    const all = cards();
    const back = document.querySelector("[data-returned]") || all[Math.min(sent.place, all.length - 1)];
    const next = sent.link ? document.getElementById("links-title") : button(back, "c");
    (next || document.querySelector("[data-mapping-undo]") || document.getElementById("links-title")).focus();
    sent = null;
  });

  setUp();
})();
