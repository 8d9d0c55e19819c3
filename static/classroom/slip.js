// The token of the link stands behind the #, so that it is sent to nobody. Here it goes into the form, and out of the address.
"use strict";

const form = document.getElementById("slip");
const token = location.hash.slice(1);

if (token) {
  form.elements.token.value = token;
  form.hidden = false;
  document.getElementById("no-token").hidden = true;
  history.replaceState(null, "", location.pathname);
}
