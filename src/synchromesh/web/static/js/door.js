// The door of an event. Without this file every button sends a form; with it, arrivals are kept on the device while there
// is no network and sent when there is. Each has an id made here, so that sending it twice counts once.
"use strict";

const door = document.querySelector("[data-door]");
const line = document.querySelector("[data-door-line]");
const lineWords = line.querySelector("[data-door-words]");
const table = document.querySelector("[data-expected]");
const PLACE = `synchromesh-door:${door.dataset.door}`;
const AT_ONCE = 200;
let isSending = false;
let isAskedAgain = false; // while an attempt was under way, such as by a network that came back

function read() {
  try {
    return JSON.parse(localStorage.getItem(PLACE) || "[]");
  } catch {
    return [];
  }
}

function write(noted) {
  if (noted.length) localStorage.setItem(PLACE, JSON.stringify(noted));
  else localStorage.removeItem(PLACE);
}

function say(name, tone, values = {}) {
  const text = Object.entries(values).reduce((words, [key, value]) => words.replace(`{${key}}`, value), line.dataset[name]);
  line.hidden = false;
  line.className = `notice ${tone}`;
  lineWords.textContent = text;
}

// A QR code holds the address of this page with the code; letters that look alike are taken for the one that is used.
function codeOf(text) {
  const code = text.split("code=").pop();
  return code.toUpperCase().replace(/[\s\u2010\u2013-]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1");
}

function rowOf(code) {
  return table && table.querySelector(`tr[data-code="${CSS.escape(code)}"]`);
}

function nameOf(row) {
  return row.querySelector("th").firstChild.textContent.trim();
}

function show(row, isHere) {
  row.toggleAttribute("data-is-here", isHere);
  row.querySelector("[data-here-words]").hidden = !isHere;
  row.querySelector("[name=here]").hidden = isHere;
  document.querySelector("[data-arrived]").textContent = table.querySelectorAll("tr[data-is-here]").length;
}

function note(text) {
  const code = codeOf(text);
  if (!code) return;
  const row = rowOf(code);
  if (row && row.hasAttribute("data-is-here")) {
    say("known", "warn", { name: nameOf(row) });
    return;
  }
  write([...read(), { uid: crypto.randomUUID(), code, noted_at: new Date().toISOString() }]);
  if (row) {
    show(row, true);
    say("here", "good", { name: nameOf(row) });
  } else {
    say("unknown", "warn");
  }
  send();
}

async function send() {
  const some = read().slice(0, AT_ONCE);
  if (isSending) isAskedAgain = true;
  if (!some.length || isSending) return;
  isSending = true;
  isAskedAgain = false;
  try {
    const answer = await fetch(door.dataset.door, {
      method: "POST",
      body: JSON.stringify({ arrivals: some }),
      headers: {
        "Content-Type": "application/json",
        "X-CSRFToken": door.elements.csrfmiddlewaretoken.value,
      },
      redirect: "manual",
    });
    if (answer.ok) take((await answer.json()).arrivals);
    else say(answer.type === "opaqueredirect" || answer.status === 403 ? "signedOut" : "waiting", "warn", { count: read().length });
  } catch {
    say("offline", "warn");
  }
  isSending = false;
  const mayGoOn = navigator.onLine && !line.classList.contains("warn");
  if (read().length && (isAskedAgain || mayGoOn)) send();
}

// What the server has answered is done with; what it refused is said, and the line is put back.
function take(answers) {
  const done = new Set(answers.map((one) => one.uid));
  const sent = read().filter((one) => done.has(one.uid));
  write(read().filter((one) => !done.has(one.uid)));
  const refused = answers.find((one) => one.outcome === "refused");
  for (const one of answers) {
    const row = rowOf((sent.find((noted) => noted.uid === one.uid) || {}).code || "");
    if (row && one.outcome === "refused") show(row, false);
  }
  const last = answers[answers.length - 1];
  if (refused) say("refused", "bad", { why: refused.why });
  else if (answers.length > 1) say("sent", "good");
  else say(last.outcome === "known" ? "known" : "here", last.outcome === "known" ? "warn" : "good", { name: last.name });
}

door.addEventListener("submit", (event) => {
  event.preventDefault();
  note(door.elements.code.value);
  door.elements.code.value = "";
  door.elements.code.focus();
});

if (table) {
  table.closest("form").addEventListener("submit", (event) => {
    if (!event.submitter || event.submitter.name !== "here") return;
    event.preventDefault();
    note(event.submitter.value);
  });
}

// Finding a name needs no network either.
const finder = document.querySelector("[data-find]");
if (table) {
  finder.hidden = false;
  finder.querySelector("input").addEventListener("input", (event) => {
    const words = event.target.value.trim().toLocaleLowerCase();
    table.querySelectorAll("tbody tr").forEach((row) => { row.hidden = !row.textContent.toLocaleLowerCase().includes(words); });
  });
}

// The camera reads codes where the browser can.
function startCamera(box) {
  const [button, view] = ["[data-camera-open]", "[data-camera-view]"].map((name) => box.querySelector(name));
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  let stream = null;
  let last = "";

  async function look() {
    if (!stream) return;
    const codes = await detector.detect(view).catch(() => []);
    if (codes.length && codes[0].rawValue !== last) {
      last = codes[0].rawValue;
      note(last);
    }
    setTimeout(look, 300);
  }

  button.addEventListener("click", async () => {
    if (stream) {
      stream.getTracks().forEach((track) => track.stop());
      stream = null;
      view.hidden = true;
      return;
    }
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } }).catch(() => null);
    if (!stream) return;
    view.srcObject = stream;
    view.hidden = false;
    await view.play();
    look();
  });
  box.hidden = false;
}

if ("BarcodeDetector" in window && navigator.mediaDevices) startCamera(document.querySelector("[data-camera]"));

// The page opens without a network once it was opened with one. It says so when it is on the device, and not before.
const device = document.querySelector("[data-device]");

async function isKept(page) {
  const { active } = await navigator.serviceWorker.ready;
  if (active.state !== "activated") await new Promise((done) => { active.addEventListener("statechange", done); });
  return Boolean(await (await caches.open(`door:${page}`)).match(page));
}

if ("serviceWorker" in navigator) {
  const page = window.location.pathname;
  navigator.serviceWorker.register(door.dataset.worker, { scope: page }).catch(() => {});
  isKept(page).then((answer) => { device.hidden = !answer; });
  device.querySelector("[data-forget]").addEventListener("click", async () => {
    const found = await navigator.serviceWorker.getRegistration(page);
    if (found) await found.unregister();
    await caches.delete(`door:${page}`);
    device.hidden = true;
  });
}

// What was noted before the page was opened again.
for (const one of read()) {
  const row = rowOf(one.code);
  if (row) show(row, true);
}
if (read().length) say("waiting", "warn", { count: read().length });
window.addEventListener("online", send);
setInterval(send, 15000);
send();
