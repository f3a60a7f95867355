// What a reader does with papers: save them, mark them as read, see which are new, walk by keys. All
// of it is kept in this browser and sent nowhere. The parts of this script share `digestReading`,
// which saved.js and lists.js use too. First: what is kept, and how it is said.
(function () {
  "use strict";
  const say = digestSay;
  const root = new URL("../", document.currentScript.src).href, place = new URL(root).pathname;
  const lang = document.documentElement.lang || "en";
  const find = (selector, within) => (within || document).querySelector(selector);
  const all = (selector, within) => Array.from((within || document).querySelectorAll(selector));
  const now = () => Math.floor(Date.now() / 1000);
  const SLUG = /^[a-z0-9][a-z0-9.-]{0,199}$/;

  function element(tag, attributes, ...children) {
    const made = document.createElement(tag);
    for (const name in attributes) made.setAttribute(name, attributes[name]);
    made.append(...children);
    return made;
  }

  // The browser's memory. Several digests may share a host, or a disk: each has names of its own.
  // Where the memory is blocked or full, what was wished for lasts as long as the page.
  const KEY = { saved: "digest-saved " + place, read: "digest-read " + place, visit: "digest-visit " + place };
  const PAPER = "digest-paper " + place + " ";
  const page = new Map();
  function recall(key) {
    try { return JSON.parse(page.has(key) ? page.get(key) : localStorage.getItem(key)); } catch (error) { return null; }
  }
  function keep(key, value) {
    const text = JSON.stringify(value);
    try {
      localStorage.setItem(key, text);
      page.delete(key);
      return true;
    } catch (error) {
      page.set(key, text);
      return false;
    }
  }
  function drop(key) {
    page.delete(key);
    try { localStorage.removeItem(key); } catch (error) { /* nothing was kept there */ }
  }
  const forget = (key) => page.delete(key);
  // Slugs of papers and when that was, in seconds: of what is `saved` or `read`.
  const shelf = (kind) => new Map(Object.entries(recall(KEY[kind]) || {}).filter(([slug, at]) => SLUG.test(slug) && at > 0));
  function fill(kind, map) {
    const kept = keep(KEY[kind], Object.fromEntries(map));
    reading.draw();
    return kept;
  }
  const paper = (slug) => recall(PAPER + slug) || {};
  const LOST = say("This browser has no room for it or keeps nothing: it is forgotten when you leave this page.");

  // What was just done is said once, quietly, and can be taken back where that makes sense.
  const box = element("p", { class: "notice", role: "status" });
  document.body.append(box);
  let fading = 0;
  function tell(text, undo) {
    clearTimeout(fading);
    const said = element("span", {}, text);
    box.replaceChildren(said);
    if (undo) {
      const button = element("button", { type: "button" }, say("Undo"));
      button.addEventListener("click", () => { undo(); tell(say("Undone")); });
      box.append(button);
    } else fading = setTimeout(() => box.replaceChildren(), 5000);
  }

  const reading = { element, find, all, say, many: digestMany, lang, root, now, SLUG, LOST, KEY, PAPER, recall, keep, drop, forget, shelf, fill, paper, tell };
  window.digestReading = reading;
})();
