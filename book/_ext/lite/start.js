/* Before the reader's yes: which chapter, and what will be loaded. After it: JupyterLite, and a bar above it with the
   ways back and a sentence wherever something fails. */
(() => {
  "use strict";
  const script = document.currentScript;
  const by = (id) => document.getElementById(id);
  const file = new URLSearchParams(location.search).get("path");
  const YES = "lite"; // this tab's reader has said yes; a reloaded page need not ask again

  let mode = null;
  try { mode = localStorage.getItem("mode"); } catch { /* a browser that keeps nothing has no mode */ }
  const dark = mode === "dark" || (mode !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";

  const SENTENCES = {
    loading: "Python is being loaded. Read on meanwhile: what you run waits for it.",
    network: `Python could not be loaded from ${new URL(script.dataset.python, location.href).host}. Is there a network, `
      + "and does it let that address through? Try again later or elsewhere; the chapter itself can be read without.",
    slow: "Python is still being loaded; on a slow network that takes minutes. You can wait, or reload this page: what "
      + "has arrived is kept.",
    missing: "A part of Python did not arrive, so code may fail. Reload this page: what has arrived is kept.",
    python: "Python stopped. Choose Kernel, Restart in the menu, or reload this page; your text is kept.",
    forgetful: "This browser keeps nothing for this page (a private window, or its settings). Your changes are gone when "
      + "you close it: download the notebook from the File menu to keep it.",
    full: "Your last change could not be kept: this browser has no more room for this page. Download the notebook from the "
      + "File menu; then free some room by clearing the data of sites that you no longer need.",
    again: "Begin again with the book’s version of this chapter? Your changes to it in this browser are lost; "
      + "other chapters keep theirs.",
  };
  const PATIENCE = 90_000; // milliseconds, until we say that it takes long

  const shown = new Set();
  function say(name, on = true) {
    on ? shown.add(name) : shown.delete(name);
    by("status").textContent = [...shown].map((one) => SENTENCES[one]).join(" ");
  }

  document.addEventListener("DOMContentLoaded", () => {
    const link = [...document.querySelectorAll("#start li a")].find((one) => one.search === `?path=${file}`);
    if (location.protocol === "file:") by("folder").hidden = false;
    else if (link) by("chosen").hidden = false;
    if (!link) return;
    by("chapter").textContent = document.title = link.textContent;
    by("back").textContent = `Back to “${link.textContent}”`;
    by("back").href = new URL(`../../${link.dataset.page}`, location.href);
    by("open").addEventListener("click", start);
    if (location.protocol !== "file:" && remembered()) start();
  });

  const remembered = () => { try { return sessionStorage.getItem(YES); } catch { return null; } };
  const remember = () => { try { sessionStorage.setItem(YES, "yes"); } catch { /* then it asks again */ } };

  async function start() {
    remember();
    by("start").remove();
    by("bar").dataset.started = "yes";
    new ResizeObserver(() => {
      document.documentElement.style.setProperty("--bar", `${by("bar").offsetHeight}px`);
      dispatchEvent(new Event("resize")); // JupyterLab lays itself out anew
    }).observe(by("bar"));
    say("loading");
    const late = setTimeout(() => say("slow"), PATIENCE);
    const ready = (reply) => {
      clearTimeout(late);
      ["loading", "slow"].forEach((name) => say(name, false));
      say("missing", reply.content.status === "error");
    };
    const unreachable = () => { clearTimeout(late); say("loading", false); say("network"); };
    fetch(script.dataset.python).then((answer) => answer.ok || unreachable(), unreachable);
    keeps().then((kept) => say("forgetful", !kept));
    Object.defineProperty(window, "jupyterapp", { configurable: true, set(app) {
      Object.defineProperty(window, "jupyterapp", { value: app, writable: true });
      app.shell.currentChanged.connect(function opened() {
        if (!app.shell.currentWidget) return;
        app.shell.currentChanged.disconnect(opened);
        watch(app, app.shell.currentWidget, ready);
      });
    } });
    await import(new URL(script.dataset.config, location.href));
  }

  /* Can this browser keep anything? */
  async function keeps() {
    try {
      const probe = indexedDB.open("probe");
      await new Promise((done, failed) => { probe.onsuccess = done; probe.onerror = probe.onblocked = failed; });
      probe.result.close();
      indexedDB.deleteDatabase("probe");
      return true;
    } catch { return false; }
  }

  function watch(app, { context, sessionContext }, ready) {
    let leaving = false;
    // What every chapter begins with. Answered when all is loaded; a file that did not arrive is missed here.
    // Nothing of it is seen, so cells are numbered from 1 all the same.
    const code = "get_ipython().execution_count = 1\nimport dlcore.live.figure";
    const first = { code, silent: true, store_history: false };
    sessionContext.ready.then(() => sessionContext.session.kernel.requestExecute(first).done).then(ready);
    sessionContext.statusChanged.connect((_, status) => say("python", status === "dead"));
    context.saveState.connect((_, state) => { if (state !== "started") say("full", state === "failed"); });
    addEventListener("visibilitychange", () => { if (!leaving && context.model.dirty) context.save(); });
    by("again").hidden = false;
    by("again").addEventListener("click", async () => {
      if (!confirm(SENTENCES.again)) return;
      leaving = true;
      context.model.dirty = false;
      await app.serviceManager.contents.delete(file);
      location.reload();
    });
  }

  /* Links from a notebook to others lead to notebooks here, and those to the book's other pages into the book. */
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("#main a[href]");
    const [, name, kind] = link?.pathname.match(/\/files\/([^/]+)\.(ipynb|md)$/) || [];
    if (!name) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    open(kind === "md" ? `../../book/${name}.html${link.hash}` : `index.html?path=${name}.ipynb${link.hash}`);
  }, true);
})();
