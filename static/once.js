// A form that is on its way is not sent again by a second click. (Without this, its one-time key does the same.)
"use strict";

document.addEventListener("submit", ({ target }) => {
  // Later, as a button that is disabled at once would not be sent.
  setTimeout(() => setDisabled(target, true));
});

// Also when the browser goes back to a page as it was left.
window.addEventListener("pageshow", () => {
  for (const form of document.forms) setDisabled(form, false);
});

function setDisabled(form, isDisabled) {
  for (const button of form.querySelectorAll("button")) button.disabled = isDisabled;
}
