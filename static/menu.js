// A list that the head has opened is closed by Escape, and by what is done elsewhere. (Without this, by its own head.)
"use strict";

const lists = document.querySelectorAll("header.site details");

for (const kind of ["click", "focusin"]) {
  document.addEventListener(kind, ({ target }) => {
    for (const list of lists) if (!list.contains(target)) list.open = false;
  });
}

document.addEventListener("keydown", ({ key }) => {
  if (key !== "Escape") return;
  for (const list of lists) {
    if (list.open && list.contains(document.activeElement)) list.querySelector("summary").focus();
    list.open = false;
  }
});
