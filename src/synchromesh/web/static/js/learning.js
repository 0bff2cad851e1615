// Learning pages. Progressive enhancement only: every step works as a plain form without this file.
"use strict";

const SAVE_AFTER_MS = 900;

// Forms with data-save: what is typed is saved by itself, and a line says in words whether it is.
function makeSaver(form) {
  const line = form.querySelector("[data-save-line]");
  const words = line ? line.dataset : {};
  let timer = 0;
  let running = false;
  let again = false;

  function say(text, failed) {
    if (!line) return;
    line.replaceChildren(text);
    line.classList.toggle("is-failed", failed);
    if (!failed) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button secondary";
    button.textContent = words.retry;
    button.addEventListener("click", save);
    line.append(button);
  }

  function body() {
    const data = new FormData(form);
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
    data.set("save", "1");
    return data;
  }

  async function save() {
    clearTimeout(timer);
    if (running) {
      again = true;
      return;
    }
    running = true;
    say(words.saving, false);
    try {
      const address = form.getAttribute("action") || window.location.href;
      const answer = await fetch(address, {
        method: "POST", body: body(), headers: { Accept: "application/json" }, redirect: "manual",
      });
      const said = answer.ok ? await answer.json() : await problemOf(answer);
      for (const [name, value] of Object.entries(said.fields || {})) {
        const field = form.elements.namedItem(name);
        if (field) field.value = value;
      }
      say(said.message || words.failed, !said.saved);
    } catch {
      say(words.failed, true);
    }
    running = false;
    if (again) {
      again = false;
      save();
    }
  }

  async function problemOf(answer) {
    const isJson = (answer.headers.get("Content-Type") || "").startsWith("application/json");
    return isJson ? answer.json() : { saved: false, message: answer.type === "opaqueredirect" ? words.signedOut : words.failed };
  }

  return function saveSoon() {
    say(words.unsaved, false);
    clearTimeout(timer);
    timer = setTimeout(save, SAVE_AFTER_MS);
  };
}

document.querySelectorAll("form[data-save]").forEach((form) => {
  const saveSoon = makeSaver(form);
  form.addEventListener("input", (event) => {
    if (event.target.type !== "file") saveSoon();
  });
  form.addEventListener("learning:changed", saveSoon);
});

// The time that is left, counted from what the server said; the reader's own clock is not asked.
document.querySelectorAll("[data-seconds-left]").forEach((box) => {
  const shown = box.querySelector("[data-time]");
  const news = box.querySelector("[data-time-news]");
  const until = performance.now() + Number(box.dataset.secondsLeft) * 1000;
  const announced = new Set();
  function tick() {
    const left = Math.max(0, Math.round((until - performance.now()) / 1000));
    shown.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    box.classList.toggle("is-short", left <= 120);
    for (const mark of [300, 60]) {
      if (left <= mark && left > mark - 5 && !announced.has(mark)) {
        announced.add(mark);
        news.textContent = box.dataset[`left${mark}`];
      }
    }
    if (left > 0) return;
    clearInterval(clock);
    window.location.assign(box.dataset.over);
  }
  const clock = setInterval(tick, 1000);
  tick();
});

// Order questions: the buttons move the line at once, and the numbers follow.
function renumber(list) {
  [...list.children].forEach((line, place) => {
    line.querySelector("select").value = String(place + 1);
  });
  list.dispatchEvent(new Event("learning:changed", { bubbles: true }));
}

document.querySelectorAll("[data-ordering]").forEach((list) => {
  list.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=move]");
    if (!button) return;
    event.preventDefault();
    const line = button.closest("li");
    const other = button.value.endsWith(":up") ? line.previousElementSibling : line.nextElementSibling;
    if (!other) return;
    if (button.value.endsWith(":up")) other.before(line);
    else other.after(line);
    button.focus();
    renumber(list);
  });
  list.addEventListener("change", (event) => {
    const line = event.target.closest("li");
    const wanted = Number(event.target.value) - 1;
    const others = [...list.children].filter((one) => one !== line);
    if (wanted >= others.length) list.append(line);
    else others[wanted].before(line);
    event.target.focus();
    renumber(list);
  });
});

// Places in a picture stand for the boxes of the list below it.
document.querySelectorAll("[data-hotspot]").forEach((box) => {
  box.addEventListener("click", (event) => {
    const place = event.target.closest("[data-for]");
    const input = place && document.getElementById(place.dataset.for);
    if (input) input.click();
  });
  box.addEventListener("change", () => {
    box.querySelectorAll("[data-for]").forEach((place) => {
      place.classList.toggle("is-chosen", document.getElementById(place.dataset.for).checked);
    });
  });
});

// A video reports what was played; the server decides whether that is enough.
document.querySelectorAll("form[data-watch]").forEach((form) => {
  const film = document.getElementById(form.dataset.watch);
  if (!film) return;
  const report = makeSaver(form);
  let reported = 0;
  film.addEventListener("timeupdate", () => {
    if (!Number.isFinite(film.duration) || film.duration <= 0) return;
    const spans = Array.from({ length: film.played.length }, (_, place) => [film.played.start(place), film.played.end(place)]);
    const share = spans.reduce((sum, [from, to]) => sum + to - from, 0) / film.duration;
    if (share < Math.min(reported + 0.1, 0.9) || share <= reported) return;
    reported = share >= 0.9 ? 1 : share;
    form.elements.namedItem("spans").value = JSON.stringify(spans);
    form.elements.namedItem("duration").value = film.duration;
    form.elements.namedItem("position").value = film.currentTime;
    report();
  });
});
