/**
 * The map's shell for when there is no network. `SHELL` stands before this text and changes with every deployment.
 *
 * The network always comes first for pages, so that nobody is held by what an older worker kept; only files whose
 * address names their contents are taken from the cache. What is kept was fetched without a sign-in: no answer of a
 * person's, and nothing that only staff may see.
 */
const CACHE = `shell-${SHELL.version}`;
const MAP_PAGE = /^\/(?:$|thua\/|d\/)/;
const VERSIONED = /^\/(?:static|vendor|map\/files)\/[0-9a-f]{16}\//;

self.addEventListener("install", (event) => event.waitUntil(fill()));
self.addEventListener("activate", (event) => event.waitUntil(takeOver()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname, searchParams } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  const ofNobody = request.mode === "navigate" ? MAP_PAGE.test(pathname) && "/" : pathname in SHELL.documents && pathname;
  if (ofNobody) event.respondWith(fetch(request).catch(() => withoutNetwork(ofNobody, searchParams.get("lang"))));
  else if (VERSIONED.test(pathname)) event.respondWith(kept(request));
});

async function fill() {
  const cache = await caches.open(CACHE);
  await Promise.all([
    cache.addAll(SHELL.files),
    ...Object.values(SHELL.documents).flat().map(async (address) => {
      const answer = await fetch(address, { credentials: "omit", cache: "no-store" });
      if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
      await cache.put(address, answer);
    }),
  ]);
  await self.skipWaiting();
}

async function takeOver() {
  const older = (await caches.keys()).filter((name) => name.startsWith("shell-") && name !== CACHE);
  await Promise.all(older.map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function kept(request) {
  const cache = await caches.open(CACHE);
  const found = await cache.match(request, { ignoreVary: true });
  if (found) return found;
  const answer = await fetch(request);
  if (answer.ok && /immutable/.test(answer.headers.get("Cache-Control") ?? "")) await cache.put(request, answer.clone());
  return answer;
}

/** In the language of the address, or the one that was last read on this device. */
async function withoutNetwork(pathname, asked) {
  const last = await caches.match("/language-of-the-device").then((found) => found?.text());
  const language = [asked, last].find((name) => name in SHELL.languages) ?? Object.keys(SHELL.languages)[0];
  const cache = await caches.open(CACHE);
  const address = SHELL.documents[pathname][SHELL.languages[language]];
  return (await cache.match(address, { ignoreVary: true })) ?? Response.error();
}
