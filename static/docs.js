"use strict";
// The forms of /docs: an operation that only reads is asked for, and its answer shown as the text that it is.

for (const form of document.querySelectorAll("form.try")) {
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(addressOf(form), form.querySelector(".answer"));
  });
}

// What the path names in braces belongs into it, the rest behind it; what was left empty is not sent.
function addressOf(form) {
  let path = form.getAttribute("action");
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
