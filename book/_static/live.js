/* Plays back living figures. A recording (dlcore/live/recording.py) holds each state's difference to the picture
   that is in the page; showing a state undoes the last difference and applies its own. No dependencies. */
(() => {
  "use strict";

  async function unpack(base64) {
    const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream).json();
  }

  function nodesOf(markup) {
    const text = `<svg xmlns="http://www.w3.org/2000/svg">${markup}</svg>`;
    const parsed = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
    return [...document.importNode(parsed, true).childNodes];
  }

  /* Apply one edit to the element it names; returns how to undo it. */
  function apply(elements, [number, ...change]) {
    const element = elements[number];
    if (change.length === 3) {
      const [from, to, markup] = change;
      const old = [...element.children].slice(from, to);
      const fresh = nodesOf(markup);
      const after = element.children[to] || null;
      old.forEach((node) => node.remove());
      fresh.forEach((node) => element.insertBefore(node, after));
      return () => {
        fresh.forEach((node) => node.remove());
        old.forEach((node) => element.insertBefore(node, after));
      };
    }
    if (typeof change[0] === "string") {
      const node = element.firstChild && element.firstChild.nodeType === Node.TEXT_NODE
        ? element.firstChild : element.insertBefore(document.createTextNode(""), element.firstChild);
      const old = node.data;
      node.data = change[0];
      return () => { node.data = old; };
    }
    const old = Object.keys(change[0]).map((key) => [key, element.getAttribute(key)]);
    const set = ([key, value]) => value === null ? element.removeAttribute(key) : element.setAttribute(key, value);
    Object.entries(change[0]).forEach(set);
    return () => old.forEach(set);
  }

  function enliven(figure, { controls, states, edits, sentences }) {
    const form = figure.querySelector("form");
    const picture = figure.querySelector(".dl-picture");
    const svg = picture.querySelector("svg");
    const elements = [svg, ...svg.querySelectorAll("*")];
    const undo = [];

    const position = ({ name, kind }) =>
      kind === "checkbox" ? Number(form.elements[name].checked) : Number(form.elements[name].value);
    const valueOf = (control) => control.values[position(control)];

    function turn(control, index) {
      const input = form.elements[control.name];
      if (control.kind === "checkbox") input.checked = Boolean(index);
      else input.value = String(index);
    }

    function show() {
      const state = controls.reduce((number, c) => number * c.values.length + position(c), 0);
      while (undo.length) undo.pop()();
      for (const edit of states[state]) undo.push(apply(elements, edits[edit]));
      for (const control of controls.filter((c) => c.kind === "range" || c.kind === "play")) {
        const input = form.elements[control.name];
        const text = control.texts[position(control)];
        input.setAttribute("aria-valuetext", text);
        input.parentElement.querySelector("output").textContent = text;
      }
      picture.setAttribute("aria-label", sentences[state]);
      figure.querySelector("figcaption").textContent = sentences[state];
      figure.dataset.state = JSON.stringify(Object.fromEntries(controls.map((c) => [c.name, valueOf(c)])));
    }

    /* The page's address names what was moved, as ?figure.control=value, so a state can be shared. */
    const key = (control) => `${figure.dataset.name}.${control.name}`;
    let pause = 0; // written once a move is over: browsers refuse the hundreds of writes that a held key would make
    function remember(moved) {
      clearTimeout(pause);
      pause = setTimeout(() => write(moved), 200);
    }
    function write(moved) {
      const address = new URL(location.href);
      for (const control of controls) {
        if (moved) address.searchParams.set(key(control), valueOf(control));
        else address.searchParams.delete(key(control));
      }
      history.replaceState(history.state, "", address);
    }
    function recall() {
      const asked = new URL(location.href).searchParams;
      for (const control of controls) {
        const index = control.values.map(String).indexOf(asked.get(key(control)));
        if (index >= 0) turn(control, index);
      }
    }

    function play(button, control) {
      const input = form.elements[control.name];
      let timer = 0;
      const stop = () => {
        clearInterval(timer);
        timer = 0;
        button.textContent = "Play";
      };
      button.addEventListener("click", () => {
        if (timer) return stop();
        if (input.value === input.max) input.value = "0";
        button.textContent = "Pause";
        timer = setInterval(() => {
          input.value = String(Number(input.value) + 1);
          show();
          if (input.value === input.max) stop();
        }, Number(button.dataset.interval));
      });
      form.addEventListener("reset", stop);
      input.addEventListener("input", stop);
    }

    form.reset(); // a reloaded page may have kept old positions; before anything listens, or it would clear the address
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", show);
    form.addEventListener("change", () => remember(true));
    form.addEventListener("reset", () => setTimeout(() => { show(); remember(false); }));
    form.querySelectorAll(".dl-play").forEach((button) => {
      play(button, controls.find((c) => c.name === button.parentElement.querySelector("input").name));
    });
    recall();
    show();
    form.hidden = false;
    figure.classList.add("dl-alive");
  }

  /* Browsers without DecompressionStream (before 2023) keep the first state's picture and its sentence. */
  if (!("DecompressionStream" in window)) return;
  document.querySelectorAll("figure.dlcore-live").forEach(async (figure) => {
    const recording = figure.querySelector(".dl-recording");
    if (recording) enliven(figure, await unpack(recording.textContent));
  });
})();
