"use strict";
// What /docs can do with a script: an address opens what it names, and an operation that only reads is asked for,
// its answer shown as the text that it is.

function openNamed() {
  const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const fold = named?.querySelector(":scope > details");
  if (!fold || fold.open) return;
  fold.open = true;
  named.scrollIntoView();
}

openNamed();
addEventListener("hashchange", openNamed);

for (const form of document.querySelectorAll("form.try")) {
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(addressOf(form), form.querySelector(".answer"));
  });
}

// What the path names in braces belongs into it, the rest behind it; what was left empty is not sent.
function addressOf(form) {
  let path = form.dataset.path;
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    const place = `{${name}}`;
    if (path.includes(place)) path = path.replace(place, () => encodeURIComponent(value));
    else if (value !== "") query.append(name, value);
  }
  return String(query) ? `${path}?${query}` : path;
}

async function ask(address, place) {
  place.replaceChildren(element("p", `GET ${address} …`));
  try {
    const answer = await fetch(address);
    const text = readable(await answer.text());
    place.replaceChildren(element("p", `GET ${address}: ${answer.status}`), element("pre", text));
  } catch {
    place.replaceChildren(element("p", "There was no answer. Is the site still running?"));
  }
}

function readable(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function element(tag, text) {
  const made = document.createElement(tag);
  made.textContent = text;
  if (tag === "pre") made.tabIndex = 0; // so that it scrolls without a mouse
  return made;
}
