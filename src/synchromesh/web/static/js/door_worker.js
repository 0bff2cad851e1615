// Keeps one page, that of the door, and what it looks like. `DOOR` stands before this text: the page and the files.
// The page always comes from the network where there is one; what was kept goes as soon as the server shows no page.
"use strict";

const KEPT = `door:${DOOR.page}`;

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(caches.open(KEPT).then((cache) => cache.addAll(DOOR.kept)));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(self.clients.claim().then(async () => {
    const cache = await caches.open(KEPT);
    const answer = await fetch(DOOR.page, { redirect: "manual" }).catch(() => null);
    if (answer && answer.ok) await cache.put(DOOR.page, answer);
  }));
});

async function page(request) {
  const cache = await caches.open(KEPT);
  let answer;
  try {
    answer = await fetch(request);
  } catch {
    return (await cache.match(DOOR.page)) || Response.error();
  }
  if (answer.ok) await cache.put(DOOR.page, answer.clone());
  else if (answer.status < 500) await cache.delete(DOOR.page);
  return answer;
}

async function file(request) {
  try {
    return await fetch(request);
  } catch {
    return (await caches.match(request, { cacheName: KEPT })) || Response.error();
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const address = new URL(request.url);
  if (address.pathname === DOOR.page) event.respondWith(page(request));
  else if (DOOR.kept.includes(address.pathname)) event.respondWith(file(request));
});
