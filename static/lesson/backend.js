// How this page asks its backend, and what each refusal means in words.

const SECONDS = 60; // a backend that sleeps needs some to wake up
const meanings = {
  401: "Please log in first.",
  403: "That is not open to you.",
  404: "That is not there, or no longer.",
  409: "That is on its way already.",
  413: "That is too large.",
  422: "That cannot be used.",
  429: "That was tried too often.",
  503: "The backend cannot do that just now.",
};

// `problems` has what is wrong with which value, as in { uid: "is already taken" }.
export class Refused extends Error {
  constructor(words, status = 0, problems = {}) {
    super(words);
    Object.assign(this, { status, problems });
  }
}

export class Backend {
  constructor(address) {
    this.address = `${address.replace(/\/$/, "")}/`;
    this.token = "";
    this.hasAnswered = false;
  }

  // "api/users" is one of the backend's addresses; what begins with a slash, it has said itself.
  urlOf(path) {
    return new URL(path, this.address).href;
  }

  // By a cookie, which no script can read. Some browsers keep back each cookie of another site. Then by a token: it is
  // kept nowhere but here, so it is gone when the page is closed.
  async logIn(uid, password) {
    await this.ask("POST", "lesson/api/authenticate", { uid, password });
    const me = await this.whoIsIn();
    if (me) return me;
    const { token, user } = await this.ask("POST", "api/sessions", { uid, password, days: 1, label: document.title });
    this.token = token;
    return user;
  }

  async logOut() {
    await this.ask("DELETE", "api/sessions/current");
    this.token = "";
  }

  async whoIsIn() {
    try {
      return await this.ask("GET", "api/me");
    } catch (error) {
      if (error.status !== 401) throw error;
      this.token = "";
      return null;
    }
  }

  // What is sent again with the same `key` is done once. A form with a file goes as it is, all else as JSON.
  async ask(method, path, values, key) {
    const headers = new Headers();
    if (this.token) headers.set("Authorization", `Bearer ${this.token}`);
    if (key) headers.set("Idempotency-Key", key);
    const options = { method, headers, credentials: "include", signal: AbortSignal.timeout(SECONDS * 1000) };
    if (values instanceof FormData) {
      options.body = values;
    } else if (values) {
      headers.set("Content-Type", "application/json");
      options.body = JSON.stringify(values);
    }
    return this.read(...(await this.send(path, options)));
  }

  async send(path, options) {
    try {
      const answer = await fetch(this.urlOf(path), options);
      return [answer, await answer.text()];
    } catch (error) {
      throw new Refused(await this.whyNothingCame(error));
    }
  }

  read(answer, text) {
    this.hasAnswered = true;
    let content = null;
    try {
      if (text) content = JSON.parse(text);
    } catch {
      if (answer.ok) throw new Refused(`${this.address} answered something else than JSON. Is that the backend?`);
    }
    if (!answer.ok) throw refusal(answer, content ?? {});
    return content;
  }

  // A browser says only that nothing came. So look whether anybody is there, in ways that need no permission.
  async whyNothingCame(error) {
    const [here, there] = [location.origin, this.address];
    if (!navigator.onLine) return "You are offline. Please try again when you are back.";
    if (error.name === "TimeoutError") return `${there} did not answer within ${SECONDS} seconds. Please try again.`;
    const isAnybody = await fetch(this.urlOf("health"), { mode: "no-cors" }).then(() => true, () => false);
    const isMixed = isOnHttps(here) && !isOnHttps(there); // which a browser forbids
    if (!isAnybody && isMixed) return `A page on https needs a backend on https, unlike ${there}.`;
    if (!isAnybody) return `${there} did not answer. Does it run, and are you online?`;
    const isBackend = await loads(this.urlOf("static/icon.svg"));
    if (!isBackend) return `Something answers for ${there}, but not the backend. Is it asleep? Try again in a minute.`;
    if (this.hasAnswered) return "The answer was lost on its way. Please try again: it is done only once.";
    return `${there} is there, but not for pages of ${here}. Its ORIGINS must name ${here}.`;
  }
}

// A picture of the backend's: unlike an answer, it tells also a page that may not read it whether it has come.
function loads(address) {
  return new Promise((done) => {
    const picture = new Image();
    picture.onload = () => done(true);
    picture.onerror = () => done(false);
    picture.src = `${address}?${Date.now()}`; // not what the browser has kept
  });
}

function isOnHttps(address) {
  return new URL(address).protocol === "https:";
}

function refusal(answer, { message, detail = "", problems }) {
  const { status } = answer;
  const meaning = meanings[status] ?? `The backend answered ${status}.`;
  const words = message ?? (status === 401 ? meaning : `${meaning} ${detail}`.trim());
  const seconds = secondsOf(answer.headers.get("Retry-After"));
  const wait = ` Please try again in ${seconds} second${seconds === 1 ? "" : "s"}.`;
  const isSaid = !seconds || words.includes(" second");
  return new Refused(isSaid ? words : words + wait, status, problems);
}

// The header is a number of seconds, or a time.
function secondsOf(text) {
  const seconds = Number(text) || (Date.parse(text) - Date.now()) / 1000;
  return seconds > 0 ? Math.ceil(seconds) : 0;
}

// Not by crypto.randomUUID(), which a page on plain http lacks.
export function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
