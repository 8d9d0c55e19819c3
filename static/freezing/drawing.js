// Rows as JSON become what the pages have of them; see freezing/told_rows.py for what is told of each list.
import { addressOf, start } from "./backend.js";
import { draw, make } from "./made.js";

const NOTHING = "–";
const LONGEST = 80; // letters of a long text in a list; so many more are not worth a cut
const SPARE = 20;
const shows = {
  truth: (value) => (value ? "Yes" : "No"),
  time: (value) => `${value.slice(0, 16).replace("T", " ")} UTC`,
  float: (value) => (Number.isInteger(value) && Math.abs(value) < 1e16 ? `${value}.0` : String(value)),
  count: (value) => value.toLocaleString("en"),
};

export function textOf(column, row) {
  const value = row[column.name];
  if (value === null || value === undefined || value === "") return NOTHING;
  if (column.labels && String(value) in column.labels) return column.labels[value];
  return (shows[column.shown] ?? String)(value);
}

// Where the page of a row is: a file, or, of one that is newer than the files, the page for all of those.
export function pageOf(plural, list, row) {
  const isFile = row.id <= list.last && !row.group;
  return new URL(isFile ? `${plural}/${row.id}/` : `${plural}/row/#${row.id}`, start).href;
}

export function nameOf(row, called = []) {
  return called.map((name) => row[name]).find(Boolean);
}

// A line of a table. `old` is the one that is there, which knows more than JSON: how many refer to the row.
export function lineOf(plural, lists, row, old) {
  const list = lists[plural];
  const line = make("tr", { id: `row-${row.id}`, "data-row": `${plural}-${row.id}` });
  list.columns.forEach((column, number) => {
    const cell = make("td", { class: lookOf(column, row), "data-head": column.head });
    cell.append(...contentOf(column, plural, lists, row, old?.cells[number], true));
    line.append(cell);
  });
  if (list.actions?.length) line.append(make("td", { class: "actions" }, ...buttonsOf(plural, list, row)));
  return line;
}

function lookOf(column, row) {
  const isNothing = column.name in row && textOf(column, row) === NOTHING;
  return [column.look, column.shown_in_list, isNothing && "nothing"].filter(Boolean).join(" ");
}

export function contentOf(column, plural, lists, row, old, isInList) {
  if (!(column.name in row)) return old ? [...old.cloneNode(true).childNodes] : [NOTHING]; // JSON does not say it
  const text = textOf(column, row);
  if (column.shown === "person") return [personOf(plural, lists[plural], row)];
  if (column.shown === "picture") return picturesOf(column, lists[plural], row, isInList);
  if (column.shown === "reference") return referenceOf(column, lists, row, old);
  const shown = isInList ? short(text) : text;
  return [column.shown_in_list ? make("a", { href: pageOf(plural, lists[plural], row) }, shown) : shown];
}

function personOf(plural, list, row) {
  return make("span", { class: "person" }, portraitOf(row, 32), make("a", { href: pageOf(plural, list, row) }, textOf({ name: "name" }, row)));
}

function referenceOf(column, lists, row, old) {
  const id = row[column.name];
  if (!id) return [NOTHING];
  const known = old?.querySelector("a");
  if (known && new RegExp(`/${column.to}/(row/#)?${id}/?$`).test(known.href)) return [known.cloneNode(true)];
  const other = row.expanded?.[column.name];
  if (!other) return [String(id)];
  return [make("a", { href: pageOf(column.to, lists[column.to], other) }, short(nameOf(other, column.called) ?? `${id}`))];
}

function picturesOf(column, list, row, isInList) {
  const picture = row[column.name];
  if (!picture) return [NOTHING];
  const called = short(nameOf(row, list.called) ?? `${list.one} ${row.id}`);
  const alt = `${column.head} of ${called}`;
  if (!isInList) return [linkedPicture(picture, alt, list.longest)];
  return [make("img", { class: "small", src: addressOf(picture.thumb), alt, loading: "lazy", decoding: "async" })];
}

export function linkedPicture(picture, alt, longest) {
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height, 1));
  const [width, height] = [picture.width, picture.height].map((side) => Math.max(1, Math.round(side * scale)));
  const image = { src: addressOf(picture.thumb), width, height, alt, loading: "lazy", decoding: "async" };
  return make("a", { class: "picture", href: addressOf(picture.url) }, make("img", image));
}

export function buttonsOf(plural, list, row) {
  return list.actions.map((word, number) =>
    make(
      "form",
      { "data-presses": `/api/${plural}/${row.id}/${word}` },
      make("button", { class: number ? "quiet" : "" }, word[0].toUpperCase() + word.slice(1), make("span", { class: "unseen" }, `, ${list.one} ${row.id}`)),
    ),
  );
}

export function postOf(lists, row, withAuthor) {
  const author = withAuthor && row.expanded?.user;
  const byline = make("p", { class: "byline" });
  if (author) {
    const link = make("a", { href: pageOf("users", lists.users, author) }, author.name || NOTHING);
    byline.append(portraitOf(author, 24), " ", link, ", ");
  }
  byline.append(row.created ? make("time", { datetime: row.created }, shows.time(row.created)) : NOTHING);
  if (row.group) byline.append(" · only for one group");
  const post = make("article", { class: "post", id: `row-${row.id}` });
  if (row.hidden_because) post.append(make("p", { class: "hidden-post" }, make("strong", {}, "Hidden"), ` ${row.hidden_because}`));
  post.append(make("p", { class: "note" }, row.note || NOTHING));
  if (row.image) post.append(linkedPicture(row.image, row.alt || "A picture that nobody has described", lists.posts.longest));
  post.append(byline);
  return post;
}

// A long text up to the end of a word, as routes/shared/words.py has it.
export function short(text) {
  const letters = [...text.trim().replace(/\s+/gu, " ")];
  if (letters.length <= LONGEST + SPARE) return letters.join("");
  const end = letters.slice(0, LONGEST + 1).lastIndexOf(" ");
  return `${letters.slice(0, end < LONGEST - SPARE ? LONGEST : end).join("").replace(/[ ,;:–-]+$/u, "")}…`;
}

// Their picture, or the first letters of their name on a colour of their own, as routes/shared/portrait.py has it.
export function portraitOf(user, side) {
  const size = { width: side, height: side };
  if (user.image) return make("img", { class: "portrait", src: addressOf(user.image.thumb), ...size, alt: "", loading: "lazy" });
  const square = draw("rect", { width: 40, height: 40, fill: colourOf(user.id) });
  const letters = draw("text", { x: 20, y: 20, fill: "#fff", "font-size": 17 }, initials(user.name ?? ""));
  const drawing = draw("svg", { class: "portrait", ...size, viewBox: "0 0 40 40", "aria-hidden": "true" }, square, letters);
  return drawing;
}

function initials(name) {
  const words = name.split(/\s+/u).map((word) => (word.match(/[\p{L}\p{N}]\p{M}{0,3}/u) ?? [""])[0].toUpperCase());
  const letters = words.filter(Boolean);
  return letters.length > 1 ? letters[0] + letters.at(-1) : (letters[0] ?? "?");
}

const LEAST_CONTRAST = 5; // with white letters
function colourOf(number) {
  const hue = ((number * 0.618034) % 1) * 360;
  for (let light = 50; light > 0; light--) {
    const parts = [0, 8, 4].map((place) => partOf(place, hue, light / 100));
    if (1.05 / (luminance(parts) + 0.05) < LEAST_CONTRAST) continue;
    return `#${parts.map((part) => Math.round(part * 255).toString(16).padStart(2, "0")).join("")}`;
  }
  return "#000";
}

function partOf(place, hue, light) {
  const turn = (place + hue / 30) % 12;
  return light - 0.45 * Math.min(light, 1 - light) * Math.max(-1, Math.min(turn - 3, 9 - turn, 1));
}

function luminance(parts) {
  const [red, green, blue] = parts.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
