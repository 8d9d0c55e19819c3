// Why does nothing of this page reach the backend? Paste this into the console of the page that does not work.
await (async (backend) => {
  const tell = (name, says) => (console.log(`${name}: ${says}`), name);
  const wait = (milliseconds) => new Promise((go) => setTimeout(go, milliseconds));
  // How near a host is: 2 on this machine, 1 in its network, 0 elsewhere.
  const nearness = (host) => /^(localhost|.+\.localhost|127\.[0-9.]+|\[::1\])$/.test(host) ? 2
    : /^(10|192\.168|172\.(1[6-9]|2[0-9]|3[01])|169\.254)\.[0-9.]+$|\.local$|^\[f[cd]/.test(host) ? 1 : 0;
  if (!URL.canParse(backend)) return tell("bad-address", `${backend} is no address. Is a slash missing behind the port?`);
  const base = backend.replace(/\/+$/, "").replace(/\/(lesson|api)$/, "");
  const { hostname, origin, protocol } = new URL(base);
  if (location.protocol === "https:" && protocol === "http:" && nearness(hostname) < 2) {
    return tell("mixed-content", `This page is https. A browser does not ask ${origin}, which is plain http. Put it behind https.`);
  }

  const kept = [];
  const keep = (event) => kept.push(event.effectiveDirective);
  document.addEventListener("securitypolicyviolation", keep);
  const answers = await fetch(`${base}/health`, { mode: "no-cors", cache: "no-store" }).then(() => true, () => false);
  const icon = new Image();
  const isOurs = answers && await new Promise((go) => {
    icon.onload = () => go(true);
    icon.onerror = () => go(false);
    icon.src = `${base}/static/icon.svg?${Date.now()}`;
  });
  await wait(50); // the browser says a moment later what the page's own policy refused
  document.removeEventListener("securitypolicyviolation", keep);

  if (kept.includes("connect-src")) {
    return tell("page-policy", `The Content-Security-Policy of this page lets it ask nobody else. It lacks: connect-src ${origin}`);
  }
  if (isOurs || (answers && kept.includes("img-src"))) {
    return tell("it-answers", `The backend answers. Do again what does not work, then open ${base}/lab/doctor, which says what it saw.`);
  }
  if (answers) return tell("another-server", `Something answers at ${origin}, but it is not this backend. Is the port right?`);

  if (nearness(location.hostname) < nearness(hostname)) {
    const where = nearness(hostname) === 2 ? "loopback-network" : "local-network";
    const states = await Promise.all([where, "local-network-access"].map((name) =>
      navigator.permissions.query({ name }).then((found) => found.state, () => "unknown")));
    if (!isSecureContext) {
      return tell("local-network", `A browser lets no page on plain http ask ${origin}, which is nearer to you than the page. Put the page on https, or on this machine.`);
    }
    if (states.includes("denied") || (states.includes("prompt") && !states.includes("granted"))) {
      return tell("local-network", `Your browser asks you whether this page may ask your own network (Local Network Access). Allow it, by the sign beside the address, and reload.`);
    }
  }
  const certificate = protocol === "https:" ? ", its certificate is not accepted (open it in a tab to see)" : "";
  return tell("nothing-answers", `Nothing answers at ${origin}. It does not run, the port is another one${certificate}, or an extension of the browser stops it.`);
})("http://127.0.0.1:8086");
