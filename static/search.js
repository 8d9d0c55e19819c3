"use strict";
// The search of a list that is made of files: it looks through one more file, which is fetched with the first search.
// Texts are compared without capitals and accents, as the site itself does.

const MOST_SHOWN = 50;
const BY_HAND = { ł: "l", đ: "d", ð: "d", ø: "o", æ: "ae", œ: "oe", þ: "th", ħ: "h", ŧ: "t", ŋ: "n", ı: "i", ß: "ss" };

function folded(text) {
  return text
    .toLowerCase()
    .replace(/[łđðøæœþħŧŋıß]/g, (letter) => BY_HAND[letter])
    .replace(/[’‘ʼʻ‛′´`]/g, "'")
    .replace(/[“”„«»]/g, '"')
    .replace(/[‐‑‒–—−]/g, "-")
    .normalize("NFKD")
    .replace(/[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f]/g, "")
    .normalize("NFC")
    .replace(/\s+/g, " ");
}

for (const form of document.querySelectorAll("form[data-index]")) {
  const index = new URL(form.dataset.index, location.href);
  const top = new URL(document.querySelector("a.brand").href);
  const [input, said, found] = ["input", "[role=status]", ".found"].map((each) => form.querySelector(each));
  let rows;

  async function fetched() {
    const answer = await fetch(index);
    if (!answer.ok) throw new Error(answer.statusText);
    return (await answer.json()).map(([place, name, ...texts]) => [place, name, folded([name, ...texts].join("\n"))]);
  }

  async function search() {
    const text = folded(input.value.trim());
    found.hidden = !text;
    if (!text) return void (said.textContent = "");
    try {
      rows ??= await fetched();
    } catch {
      return void (said.textContent = "The file to search in cannot be reached just now.");
    }
    const hits = rows.filter((row) => row[2].includes(text));
    said.textContent = words(hits.length);
    found.replaceChildren(...hits.slice(0, MOST_SHOWN).map(line));
  }

  function line([place, name]) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = new URL(place, top);
    link.textContent = name;
    item.append(link);
    return item;
  }

  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    search();
  });
  form.addEventListener("input", () => rows && search());
}

function words(count) {
  if (!count) return "Nothing has that.";
  return count > MOST_SHOWN ? `The first ${MOST_SHOWN} of ${count}:` : `${count} found:`;
}
