// Statements of before, kept in this browser only: the last ones, and those with a name. The page works without it.
"use strict";

const PLACE = "lab-sql", MOST = 20;
const form = document.getElementById("sql-form");
const box = document.getElementById("sql");

function kept() {
  try {
    const { last = [], named = {} } = JSON.parse(localStorage.getItem(PLACE)) ?? {};
    return { last, named };
  } catch {
    return { last: [], named: {} }; // it was written by something else
  }
}

function keep(change) {
  const all = kept();
  change(all);
  try {
    localStorage.setItem(PLACE, JSON.stringify(all));
  } catch {
    return; // the browser keeps nothing
  }
  show();
}

function remember(sql) {
  if (sql.trim()) keep((all) => { all.last = [sql, ...all.last.filter((each) => each !== sql)].slice(0, MOST); });
}

function element(name, text = "", properties = {}) {
  return Object.assign(document.createElement(name), { textContent: text, ...properties });
}

// One of them: a button that puts it into the box, and one that forgets it.
function line(words, sql, forget) {
  const item = element("li");
  const take = element("button", "", { type: "button", className: "link", title: sql });
  take.append(element("code", words));
  take.addEventListener("click", () => { box.value = sql; box.focus(); });
  const away = element("button", "Forget", { type: "button", className: "link" });
  away.setAttribute("aria-label", `Forget ${words.slice(0, 60)}`);
  away.addEventListener("click", () => keep(forget));
  item.append(take, away);
  return item;
}

function group(title, lines) {
  const list = element("ul");
  list.append(...lines);
  return lines.length ? [element("h2", title), list] : [];
}

const place = element("details", "", { className: "sql-kept" });
const keptLists = element("div");
const naming = element("div", "", { className: "sql-name" });

function show() {
  const { last, named } = kept();
  keptLists.replaceChildren(
    ...group("By name", Object.keys(named).sort().map((name) => line(name, named[name], (all) => { delete all.named[name]; }))),
    ...group("The last ones", last.map((sql) => line(sql.replace(/\s+/g, " "), sql, (all) => { all.last = all.last.filter((each) => each !== sql); }))),
  );
}

const field = element("input", "", { id: "sql-name", maxLength: 60, autocomplete: "off" });
const save = element("button", "Keep what is in the box", { type: "button", className: "quiet" });
save.addEventListener("click", () => {
  const name = field.value.trim();
  if (name && box.value.trim()) keep((all) => { all.named[name] = box.value; });
  field.value = "";
});
const labelled = element("div");
labelled.append(element("label", "A name for it", { htmlFor: "sql-name" }), field);
naming.append(labelled, save);
place.append(element("summary", "Statements of before"), naming, keptLists, element("p", "They are kept in this browser only.", { className: "hint" }));
form.after(place);
form.addEventListener("submit", () => remember(box.value));
box.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});
show();
