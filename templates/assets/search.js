// The search page before anything is asked. It is small, so that the page is there at once; what
// searches is loaded with the first key, touch, query, or search that this browser keeps.
(function () {
  "use strict";
  const find = (name) => document.querySelector("[data-" + name + "]");
  const form = find("base"), results = find("results"), help = find("help"), narrow = find("narrow"), save = find("save");
  if (!form || !results) return;
  const box = form.querySelector("input"), main = form.closest("main"), own = document.currentScript.src, { base, mark } = form.dataset;
  const FILES = ["words", "index", "engine", "cards", "aside", "page"], WAKING = ["input", "keydown", "pointerdown", "focusin", "change"];

  function failed() {
    document.getElementById("search-status").textContent = digestSay("The search index could not be loaded.") + " " + digestSay("Are you connected?");
    WAKING.forEach((event) => main.addEventListener(event, start));
  }
  function start() {
    WAKING.forEach((event) => main.removeEventListener(event, start));
    if (/^http/.test(location.protocol)) {
      // The engine asks for the index: with this the two come at the same time.
      document.head.append(Object.assign(document.createElement("link"), { rel: "preload", as: "script", href: base + "index.js?v=" + mark }));
    }
    for (const file of FILES) {
      const src = own.replace(/search(?=\.js[^/]*$)/, "search-" + file), script = Object.assign(document.createElement("script"), { src, async: false });
      script.onerror = failed;
      document.head.append(script);
    }
  }
  function keepsSearches() {
    try { return localStorage.getItem("digest-searches " + location.pathname).length > 2; } catch (error) { return false; }
  }

  const wide = matchMedia("(min-width: 56rem)"), fit = () => { if (narrow) narrow.open = wide.matches; };
  wide.addEventListener("change", fit);
  fit();
  box.value = new URLSearchParams(location.search).get("q") || "";
  const isAsked = Boolean(box.value.trim());
  if (help) help.open = !isAsked;
  if (save) save.hidden = !isAsked;
  if (!isAsked && !matchMedia("(pointer: coarse)").matches) box.focus();
  if (isAsked || keepsSearches()) start();
  else {
    results.dataset.query = box.value;
    results.dataset.state = "done";
    WAKING.forEach((event) => main.addEventListener(event, start));
  }
})();
