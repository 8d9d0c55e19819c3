// What was frozen is held against what the backend says: what looks the same is not touched.

// Whether two elements say the same and show the same pictures.
export function isSame(one, other) {
  return looksOf(one) === looksOf(other);
}

function looksOf(element) {
  const parts = element.cells ? [...element.cells].filter((cell) => !cell.matches(".actions")) : [element];
  return parts.map(lookOf).join("|");
}

export function lookOf(element) {
  const pictures = [...element.querySelectorAll("img")].map((image) => image.getAttribute("src").split("/").at(-1).replace(/\.svg$/, ""));
  return element.textContent.replace(/\s+/gu, "") + pictures.join();
}

// Only the cells that are others: a button in the line keeps its focus.
export function replaceWithin(old, fresh) {
  if (!old.cells) return old.replaceChildren(...fresh.childNodes);
  [...fresh.cells].forEach((cell, number) => {
    const there = old.cells[number];
    if (!there) old.append(cell);
    else if (!there.matches(".actions") && lookOf(there) !== lookOf(cell)) there.replaceChildren(...cell.childNodes);
  });
}
