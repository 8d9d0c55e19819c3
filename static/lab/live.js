// The list of requests is made anew as soon as there is another one: the site tells so, or is asked every few seconds.
// Without this, loading the page again does the same.
"use strict";

const EVERY = 2000; // milliseconds between two questions, where the site cannot tell
const box = () => document.querySelector("#requests");
let newest = Number(box().dataset.newest);
let source = null; // what tells of new requests
let timer = 0; // that asks for them
let isPaused = false;
let isAsking = false;

const said = document.createElement("span");
const button = document.createElement("button");
addBar();
document.addEventListener("visibilitychange", follow);
window.addEventListener("pagehide", stop);
follow();

function addBar() {
  const bar = document.createElement("p");
  bar.className = "lab-live";
  said.setAttribute("role", "status");
  button.type = "button";
  button.className = "quiet";
  button.addEventListener("click", () => {
    isPaused = !isPaused;
    follow();
  });
  bar.append(said, button);
  box().before(bar);
}

// A page that nobody sees asks for nothing.
function follow() {
  stop();
  const isFollowing = !isPaused && !document.hidden;
  button.textContent = isPaused ? "Go on" : "Pause";
  said.textContent = isPaused ? "New requests are not shown." : "New requests appear by themselves.";
  if (isFollowing) listen();
}

function stop() {
  source?.close();
  clearInterval(timer);
  source = null;
}

function listen() {
  source = new EventSource(`${box().dataset.events}?after=${newest}`);
  source.onmessage = ({ data }) => update(Number(data));
  source.onerror = ({ target }) => {
    if (target.readyState === EventSource.CLOSED && target === source) poll();
  };
}

function poll() {
  clearInterval(timer);
  timer = setInterval(async () => {
    try {
      const answer = await fetch(`${box().dataset.poll}?after=${newest}`);
      if (answer.ok) await update((await answer.json()).newest);
    } catch {
      // the site is not there just now
    }
  }, EVERY);
}

async function update(number) {
  if (number === newest || isAsking) return;
  isAsking = true;
  try {
    const answer = await fetch(location.href);
    if (answer.ok && !isPaused) show(await answer.text());
  } catch {
    // the site is not there just now
  } finally {
    isAsking = false;
  }
}

function show(text) {
  const next = new DOMParser().parseFromString(text, "text/html").querySelector("#requests");
  if (!next) return;
  const known = Number(next.dataset.newest) < newest ? 0 : newest;
  for (const link of next.querySelectorAll("td a")) {
    if (Number(link.id.replace("request-", "")) > known) link.closest("tr").classList.add("lab-new");
  }
  const place = document.activeElement?.id;
  const scrolled = box().querySelector(".table")?.scrollLeft ?? 0;
  box().replaceWith(document.adoptNode(next));
  newest = Number(next.dataset.newest);
  if (box().querySelector(".table")) box().querySelector(".table").scrollLeft = scrolled;
  if (place && !document.activeElement.id) document.getElementById(place)?.focus({ preventScroll: true });
}
