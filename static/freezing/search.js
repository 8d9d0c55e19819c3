// While the backend answers, it does the searching; else the file does, as on pages without a backend.
import { ask } from "./backend.js";
import { nameOf, pageOf, postOf, short } from "./drawing.js";
import { make } from "./made.js";

const MOST_SHOWN = 50;
const PATIENCE = 4000; // milliseconds: the file is there, so nobody waits long
const PAUSE = 300; // between two letters

export function serveSearch(plural, lists) {
  const form = document.querySelector("form[data-index]");
  if (!form) return;
  const [input, said, found] = ["input", "[role=status]", ".found"].map((each) => form.querySelector(each));
  let isForFile = false; // whether the next search is left to the file
  let hasSearched = false;
  let timer;
  let asked = 0;

  // Before the script of the file hears of it.
  form.addEventListener("submit", (event) => take(event), { capture: true });
  form.addEventListener("input", (event) => hasSearched && take(event, PAUSE), { capture: true });

  function take(event, pause = 0) {
    if (isForFile) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    clearTimeout(timer);
    timer = setTimeout(search, pause);
  }

  if (!found.hidden) search(); // somebody was quicker than this

  async function search() {
    hasSearched = true;
    const text = input.value.trim();
    const number = ++asked;
    if (!text) return show([], "");
    const query = new URLSearchParams({ search: text, limit: MOST_SHOWN });
    if (lists[plural].expand) query.set("expand", lists[plural].expand);
    try {
      const answer = await ask(`/api/${plural}?${query}`, { patience: PATIENCE });
      if (number === asked) show(answer[plural].map(lineOf), words(answer.total));
    } catch (error) {
      if (number !== asked) return;
      if (error.status && error.status < 500) return show([], error.message);
      isForFile = true;
      form.requestSubmit();
      isForFile = false;
    }
  }

  function show(lines, text) {
    found.hidden = !lines.length;
    found.replaceChildren(...lines);
    said.textContent = text;
  }

  function lineOf(row) {
    const list = lists[plural];
    if (plural === "posts") {
      const post = postOf(lists, row, true);
      post.removeAttribute("id"); // the list itself may have it
      return make("li", {}, post);
    }
    const name = short(nameOf(row, list.called ?? ["name", "uid"]) ?? `${list.one} ${row.id}`);
    return make("li", {}, make("a", { href: pageOf(plural, list, row) }, name));
  }
}

function words(count) {
  if (!count) return "Nothing has that.";
  return count > MOST_SHOWN ? `The first ${MOST_SHOWN} of ${count}:` : `${count} found:`;
}
