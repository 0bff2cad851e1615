// Pages of credentials. Progressive enhancement only: every page does its work without this file.
"use strict";

// How long ago the verdict was found: a page may lie open for days, or come back without a network.
const STEPS = [["day", 86400], ["hour", 3600], ["minute", 60]];

function tellAge() {
  for (const place of document.querySelectorAll("[data-ago]")) {
    const seconds = (Date.now() - Date.parse(place.dataset.ago)) / 1000;
    const step = STEPS.find(([, size]) => seconds >= size);
    const words = step && new Intl.RelativeTimeFormat(document.documentElement.lang).format(
      -Math.floor(seconds / step[1]), step[0]);
    place.textContent = words ? `(${words})` : "";
  }
}
tellAge();
setInterval(tellAge, 30000);
window.addEventListener("pageshow", tellAge);

// "Check again" keeps the page and says so when the site does not answer, instead of losing what is there.
document.addEventListener("click", async (event) => {
  const link = event.target.closest("[data-check-again]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  try {
    await fetch(link.href, { method: "HEAD", cache: "no-store" });
    window.location.assign(link.href);
  } catch {
    const template = document.getElementById("not-checked-again");
    if (template && !document.querySelector("main > .not-checked-again")) {
      const notice = template.content.firstElementChild.cloneNode(true);
      notice.classList.add("not-checked-again");
      template.before(notice);
      tellAge();
    }
  }
});

// The camera: a code is read here where the browser can, else a picture of it is sent with the form.
function startCamera(box) {
  const form = box.closest("form");
  const [live, video, words] = ["[data-camera-live]", "video", "[data-camera-words]"].map((name) => box.querySelector(name));
  let stream = null;

  function stop() {
    if (stream) stream.getTracks().forEach((track) => track.stop());
    stream = null;
    video.srcObject = null;
    live.hidden = true;
    words.textContent = "";
  }

  function send(fill) {
    form.querySelectorAll("input[type=file]").forEach((input) => { input.value = ""; });
    form.elements.text.value = "";
    fill();
    stop();
    form.requestSubmit();
  }

  function take() {
    const canvas = document.createElement("canvas");
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    canvas.getContext("2d").drawImage(video, 0, 0);
    canvas.toBlob((picture) => {
      const files = new DataTransfer();
      files.items.add(new File([picture], "camera.jpg", { type: "image/jpeg" }));
      send(() => { form.elements.photo.files = files.files; });
    }, "image/jpeg", 0.9);
  }

  async function look(detector) {
    if (!stream) return;
    const codes = await detector.detect(video).catch(() => []);
    if (codes.length && stream) send(() => { form.elements.text.value = codes[0].rawValue; });
    else setTimeout(() => look(detector), 250);
  }

  async function open() {
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1920 } } });
    } catch {
      words.textContent = words.dataset.refused;
      return;
    }
    video.srcObject = stream;
    live.hidden = false;
    words.textContent = words.dataset.looking;
    await video.play();
    if ("BarcodeDetector" in window) look(new BarcodeDetector({ formats: ["qr_code"] }));
  }

  box.hidden = false;
  box.querySelector("[data-camera-open]").addEventListener("click", open);
  box.querySelector("[data-camera-take]").addEventListener("click", take);
  box.querySelector("[data-camera-close]").addEventListener("click", stop);
  window.addEventListener("pagehide", stop);
}

if (navigator.mediaDevices && navigator.mediaDevices.getUserMedia) {
  document.querySelectorAll("[data-camera]").forEach(startCamera);
}
