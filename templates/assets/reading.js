// What a reader does with papers: save them, mark them as read, see which are new, walk by keys. All
// of it is kept in this browser and sent nowhere. saved.js and lists.js use what `digestReading` holds.
(function () {
  "use strict";
  const say = digestSay, many = digestMany;
  const root = new URL("../", document.currentScript.src).href, place = new URL(root).pathname;
  const lang = document.documentElement.lang || "en";
  const find = (selector, within) => (within || document).querySelector(selector);
  const all = (selector, within) => Array.from((within || document).querySelectorAll(selector));
  const now = () => Math.floor(Date.now() / 1000);
  const SLUG = /^[a-z0-9][a-z0-9.-]{0,199}$/;
  const VISIT = 6 * 3600, CHECK = 600, READ = 6, MOST_BYLINE = 3;

  function element(tag, attributes, ...children) {
    const made = document.createElement(tag);
    for (const name in attributes) made.setAttribute(name, attributes[name]);
    made.append(...children);
    return made;
  }

  // The browser's memory. Several digests may share a host, or a disk: each has names of its own.
  // Where the memory is blocked or full, what was wished for lasts as long as the page.
  const KEY = { saved: "digest-saved " + place, read: "digest-read " + place, visit: "digest-visit " + place };
  const PAPER = "digest-paper " + place + " ", KEYS_OFF = "digest-keys";
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
  // Slugs of papers and when that was, in seconds: of what is `saved` or `read`.
  const shelf = (kind) => new Map(Object.entries(recall(KEY[kind]) || {}).filter(([slug, at]) => SLUG.test(slug) && at > 0));
  function fill(kind, map) {
    const kept = keep(KEY[kind], Object.fromEntries(map));
    draw();
    return kept;
  }
  const paper = (slug) => recall(PAPER + slug) || {};
  const LOST = say("This browser has no room for it or keeps nothing: it is forgotten when you leave this page.");

  // What was just done is said once, quietly, and can be taken back where that makes sense.
  let box = null, fading = 0;
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

  // Texts without the source of formulas, which stands beside them for machines.
  function plain(node) {
    if (!node) return "";
    const copy = node.cloneNode(true);
    all("annotation, .vh, .derived", copy).forEach((hidden) => hidden.remove());
    return copy.textContent.replace(/\s+/g, " ").trim();
  }
  function slugOf(address) {
    const found = /\/papers\/([^/?#]+?)(?:\.html)?(?:[?#].*)?$/.exec(address);
    try {
      const slug = found && decodeURIComponent(found[1]);
      return slug && SLUG.test(slug) ? slug : "";
    } catch (error) { return ""; }
  }
  const address = (slug) => root + "papers/" + encodeURIComponent(slug) + ".html";
  const tagsIn = (within) => all(".chip[href]", within).map((tag) =>
    [(/tags\/([a-z0-9.-]+)\.html$/.exec(tag.getAttribute("href")) || [])[1], plain(tag)]).filter(([slug]) => slug);
  // What is kept of a saved paper, so that the list of them can be read without the site: of a card ...
  function ofCard(entry) {
    const time = find(".when time", entry);
    return {
      title: plain(find(".entry-title a", entry)), by: plain(find(".byline", entry)), when: plain(find(".when", entry)),
      date: time ? time.getAttribute("datetime") : "", tags: tagsIn(entry),
      venue: plain(all(".facts > li", entry).find((fact) => !fact.className && !find("[rel]", fact))),
    };
  }
  // ... and of a paper's page, which holds the data of its citation too.
  function ofPage(doc) {
    const article = find("article.paper", doc);
    if (!article) return null;
    const time = find(".eyebrow time", article), names = all(".author-list li", article).map(plain), data = find("#citation", doc);
    const more = names.length - MOST_BYLINE;
    let cite = null;
    try { cite = data && JSON.parse(data.textContent); } catch (error) { /* a theme of its own */ }
    return {
      title: plain(find("h1", article)), when: plain(time), date: time ? time.getAttribute("datetime") : "",
      by: more > 1 ? say("{names} and {n} others", { names: names.slice(0, MOST_BYLINE).join(", "), n: more }) : names.join(", "),
      venue: plain(all(".eyebrow > :not(.dot)", article).find((part) => !part.contains(time) && part !== time)),
      tags: tagsIn(find(".paper-side .chips", article) || article), cite, bib: (find("#bibtex", article) || {}).textContent, full: 1, was: (article.dataset.was || "").split(" "),
    };
  }
  const known = (slug, about) => { const kept = Object.assign(paper(slug), about); delete kept.was; return keep(PAPER + slug, kept); };

  // Reads the page of a saved paper for what a card does not tell. A paper that has moved is saved
  // under its new address from then on. Files on disk cannot be read so: there, and without a
  // connection, it is done when the page is opened the next time.
  async function complete(slug) {
    if (!/^http/.test(root)) return "";
    try {
      let answer = await fetch(address(slug)), doc = null, at = slug;
      for (let hops = 0; hops < 2 && answer.ok; hops++) {
        doc = new DOMParser().parseFromString(await answer.text(), "text/html");
        at = slugOf(answer.url) || at;
        const on = find("meta[http-equiv=refresh]", doc), to = on && /url=(.+)$/.exec(on.content);
        if (!to) break;
        answer = await fetch(new URL(to[1], answer.url));
      }
      if (answer.status === 404 || (doc && !find("article.paper", doc) && find("meta[name=robots]", doc))) { known(slug, { gone: true }); return ""; }
      if (!answer.ok) return "";
      adopt([slug], at);
      if (shelf("saved").has(at)) known(at, ofPage(doc));
      draw();
      return at;
    } catch (error) { return ""; }
  }
  // What was saved or read at an old address of a paper.
  function adopt(old, slug) {
    for (const kind of ["saved", "read"]) {
      const map = shelf(kind), moved = old.filter((one) => one !== slug && map.has(one));
      if (!moved.length) continue;
      map.set(slug, Math.max(map.get(slug) || 0, ...moved.map((one) => map.get(one))));
      if (kind === "saved") known(slug, Object.assign({}, paper(moved[0]), paper(slug)));
      moved.forEach((one) => { map.delete(one); drop(PAPER + one); });
      fill(kind, map);
    }
  }

  function save(slug, about) {
    const map = shelf("saved"), at = map.get(slug);
    if (at) {
      map.delete(slug);
      const kept = fill("saved", map);
      tell(kept ? say("No longer saved") : LOST, () => fill("saved", shelf("saved").set(slug, at)));
      return;
    }
    const room = known(slug, about), kept = fill("saved", map.set(slug, now()));
    tell(room && kept ? say("Saved in this browser") : LOST);
    if (!about.full) complete(slug);
  }
  function markRead(slug, wish) {
    const map = shelf("read"), read = wish === undefined ? !map.has(slug) : wish;
    if (read) map.set(slug, now()); else map.delete(slug);
    const kept = fill("read", map);
    if (wish === undefined) tell(!kept ? LOST : read ? say("Marked as read") : say("Marked as unread"));
  }

  // Brings in what another browser kept: `rows` are [slug, when saved, what is known of it], `read`
  // is a list of [slug, when]. Nothing is lost: of two notes on a paper the newer wins.
  function merge(rows, read) {
    const saved = shelf("saved"), marks = shelf("read"), before = { saved: new Map(saved), read: new Map(marks), papers: new Map() };
    const added = [];
    let room = true;
    for (const [slug, at, about] of rows) {
      const mine = saved.get(slug) || 0;
      if (!mine) added.push(slug);
      before.papers.set(slug, recall(PAPER + slug));
      const kept = paper(slug);
      room = known(slug, at > mine ? Object.assign(kept, about) : Object.assign({}, about, kept)) && room;
      saved.set(slug, Math.max(mine, Math.min(at || now(), now())));
    }
    for (const [slug, at] of read) marks.set(slug, Math.max(marks.get(slug) || 0, Math.min(at, now())));
    room = fill("saved", saved) && fill("read", marks) && room;
    return { added, room, read: marks.size - before.read.size, undo() {
      before.papers.forEach((about, slug) => { if (about) keep(PAPER + slug, about); else drop(PAPER + slug); });
      fill("saved", before.saved);
      fill("read", before.read);
    } };
  }

  // What is new. The site is the same for all readers and tells no time: this browser compares two
  // sketches of the set of its papers (digest/website/saved.py says how), that of its last visit and
  // today's. A visit ends where nothing was looked at for some hours.
  const SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  function mixed(code) {
    code = Math.imul(code ^ code >>> 16, 0x85EBCA6B);
    code = Math.imul(code ^ code >>> 13, 0xC2B2AE35);
    return code ^ code >>> 16;
  }
  const checked = (code) => mixed(code ^ 0x9E3779B9) & 0xFFF;
  function hashed(slug) {
    let crc = -1;
    for (let at = 0; at < slug.length; at++) {
      crc ^= slug.charCodeAt(at);
      for (let bit = 0; bit < 8; bit++) crc = crc >>> 1 ^ (crc & 1 ? 0xEDB88320 : 0);
    }
    return ~crc;
  }
  // Three tables of cells: how many papers modulo 64, their hashes, their checks. A larger table is
  // folded onto a smaller one.
  function cells(text, size) {
    const whole = text.length / 27, made = Array.from({ length: 3 * size }, () => [0, 0, 0]);
    const number = (from, to) => { let n = 0; for (let at = from; at < to; at++) n = n * 64 + SIGNS.indexOf(text[at]); return n; };
    for (let at = 0; at < 3 * whole; at++) {
      const cell = made[Math.floor(at / whole) * size + at % size], from = 9 * at;
      cell[0] += number(from, from + 1);
      cell[1] ^= number(from + 1, from + 7);
      cell[2] ^= number(from + 7, from + 9);
    }
    return made;
  }
  // Hashes of papers that are in the one sketch and not in the other: [came, went].
  function difference(old, young) {
    const size = Math.min(old.length, young.length) / 27, last = size - 1;
    const rest = cells(young, size), found = [new Set(), new Set()];
    cells(old, size).forEach((cell, at) => {
      rest[at] = [rest[at][0] - cell[0] & 63, rest[at][1] ^ cell[1], rest[at][2] ^ cell[2]];
    });
    for (let more = true; more;) {
      more = false;
      rest.forEach(([count, code, check], at) => {
        const kind = count === 1 ? 0 : 1;
        if ((count !== 1 && count !== 63) || check !== checked(code) || found[kind].has(code)) return;
        const spread = mixed(code), places = [0, 1, 2].map((table) => table * size + (spread >>> 9 * table & last));
        if (!places.includes(at)) return;
        found[kind].add(code);
        more = true;
        for (const one of places) rest[one] = [rest[one][0] - count & 63, rest[one][1] ^ code, rest[one][2] ^ check];
      });
    }
    return found;
  }
  let fresh = new Set(), gone = new Set();
  const isSketch = (text) => typeof text === "string" && /^(?:[\w-]{27})+$/.test(text);
  function showNews(visit) {
    if (!visit.since || !isSketch(visit.base) || !isSketch(visit.known)) return;
    [fresh, gone] = difference(visit.base, visit.known);
    // Where too many came, the sketch no longer tells which; how many is still known.
    const n = Math.max(fresh.size, visit.papers - visit.before), news = find("[data-news]");
    if (news) {
      const [year, date] = [new Date().getFullYear(), new Date(visit.since * 1000)];
      const shown = date.toLocaleDateString(lang === "en" ? "en-GB" : lang, Object.assign({ day: "numeric", month: "long" }, year === date.getFullYear() ? {} : { year: "numeric" }));
      news.replaceChildren(n > 0 ? many("{n} new paper since {date}", "{n} new papers since {date}", n, { date: shown }) : say("Nothing new since {date}", { date: shown }));
      news.classList.toggle("has-news", n > 0);
    }
    draw();
  }
  // What is known of papers that are saved no longer: it stayed for those who take that back.
  function tidy() {
    const saved = shelf("saved");
    try {
      Object.keys(localStorage).filter((key) => key.startsWith(PAPER) && !saved.has(key.slice(PAPER.length))).forEach(drop);
    } catch (error) { /* nothing is kept */ }
  }
  function startVisit() {
    const visit = recall(KEY.visit) || {}, time = now();
    if (!(time - visit.last < VISIT)) Object.assign(visit, { since: visit.last, base: visit.known, before: visit.papers, checked: 0 });
    if (visit.last !== undefined && !visit.checked) tidy();
    visit.last = time;
    keep(KEY.visit, visit);
    if (!find(".entry, [data-news], [data-results]")) return;
    if (time - visit.checked < CHECK) { showNews(visit); return; }
    window.digestKnown = function (papers, known) {
      Object.assign(visit, { papers, known, checked: time });
      if (!isSketch(visit.base)) Object.assign(visit, { base: known, before: papers });
      keep(KEY.visit, visit);
      showNews(visit);
    };
    // Nobody waits for it. Hosts let scripts be kept for a day or longer: asked for by the time, it is no older.
    const script = element("script", { src: root + "data/known.js?" + Math.floor(time / CHECK) });
    if (document.readyState === "complete") document.head.append(script);
    else addEventListener("load", () => document.head.append(script));
  }

  // Cards and the page of a paper.
  const SVG = "http://www.w3.org/2000/svg";
  function icon() {
    const made = document.createElementNS(SVG, "svg"), path = document.createElementNS(SVG, "path");
    for (const [name, value] of [["viewBox", "0 0 20 20"], ["width", "20"], ["height", "20"], ["aria-hidden", "true"]]) made.setAttribute(name, value);
    path.setAttribute("d", "M5 2.75h10v14.5l-5-4-5 4z");
    made.append(path);
    return made;
  }
  function dress(entry) {
    const link = find(".entry-title a", entry), slug = link && !entry.dataset.slug && slugOf(link.href);
    if (!slug) return;
    entry.dataset.slug = slug;
    const button = element("button", { type: "button", class: "save", "data-save": slug, "aria-label": say("Save “{title}”", { title: plain(link) }) }, icon());
    link.parentNode.after(element("div", { class: "entry-tools" }, element("span", { class: "entry-state" }), button));
    if (entry.dataset.was) adopt(entry.dataset.was.split(" "), slug);
  }
  function draw() {
    const saved = shelf("saved"), read = shelf("read");
    all("[data-slug]").forEach((entry) => {
      const slug = entry.dataset.slug, state = find(".entry-state", entry), isRead = read.has(slug);
      const isNew = !isRead && fresh.size > 0 && fresh.has(hashed(slug)) && !(entry.dataset.was || "").split(" ").some((old) => gone.has(hashed(old)));
      entry.classList.toggle("is-read", isRead);
      entry.classList.toggle("is-new", isNew);
      const said = isRead ? say("Read") : isNew ? say("New since your last visit") : "";
      if (state && state.title !== said) {
        state.title = said;
        state.replaceChildren(said ? element("span", { class: "vh" }, said) : "");
      }
    });
    all("[data-save]").forEach((button) => button.setAttribute("aria-pressed", saved.has(button.dataset.save)));
    all("[data-read]").forEach((button) => button.setAttribute("aria-pressed", read.has(button.dataset.read)));
    all("[data-saved-count]").forEach((count) => { count.textContent = saved.size ? say("{n}", { n: saved.size }) : ""; });
    document.dispatchEvent(new Event("digest-reading"));
  }
  const about = (slug) => {
    const entry = find('[data-slug="' + slug + '"]');
    return entry ? ofCard(entry) : slug === here ? ofPage(document) : paper(slug);
  };

  let here = "";
  function startPaper() {
    const article = find("article.paper"), actions = article && find("[data-actions]");
    here = article ? slugOf(location.href) : "";
    if (!here) return;
    const page_ = ofPage(document);
    if (page_.was[0]) adopt(page_.was, here);
    if (shelf("saved").has(here)) known(here, Object.assign(page_, { gone: false }));
    if (actions) {
      actions.append(element("button", { type: "button", class: "save button", "data-save": here }, icon(), say("Save")),
        element("button", { type: "button", class: "button", "data-read": here }, say("Read")));
    }
    let seen = 0;
    const clock = setInterval(() => {
      if (document.visibilityState !== "visible" || ++seen < READ) return;
      clearInterval(clock);
      if (!shelf("read").has(here)) markRead(here, true);
    }, 1000);
    // Who says otherwise is not contradicted.
    document.addEventListener("digest-unread", () => clearInterval(clock));
  }

  // Keys. All of them are silent while somebody writes, and can be put off for good.
  const keysOff = () => recall(KEYS_OFF) === false;
  const writes = (at) => at.isContentEditable || /^(?:TEXTAREA|SELECT)$/.test(at.tagName) || (at.tagName === "INPUT" && !/^(?:checkbox|radio|button|submit|file)$/.test(at.type));
  const keysSaid = () => [["/", say("Search the papers")], ["j k", say("Next and previous paper; on a paper’s page, older and newer")],
    ["o Enter", say("Open the paper")], ["s", say("Save the paper, or no longer")], ["m", say("Mark the paper as read or unread")],
    ["g h", say("Go to the newest papers")], ["g t", say("Go to the tags")], ["g d", say("Go to the dates")],
    ["g s", say("Go to the saved papers")], ["?", say("Show this help")]];
  const GO = { h: "index.html", t: "tags/index.html", d: "dates/index.html", s: "saved.html" };
  let dialog = null, gone_ = 0;
  function help() {
    if (!dialog) {
      const off = element("input", { type: "checkbox" }), close = element("button", { type: "button", class: "copy" }, say("Close"));
      off.checked = !keysOff();
      off.addEventListener("change", () => keep(KEYS_OFF, off.checked));
      close.addEventListener("click", () => dialog.close());
      dialog = element("dialog", { class: "keys", "aria-labelledby": "keys-heading" }, element("h2", { id: "keys-heading" }, say("Keys")),
        element("dl", {}, ...keysSaid().map(([keys, does]) => element("div", {},
          element("dt", {}, ...keys.split(" ").flatMap((key, at) => [at ? " " : "", element("kbd", {}, key)])), element("dd", {}, does)))),
        element("label", {}, off, " ", say("Use keys of a single letter or sign")), close);
      document.body.append(dialog);
    }
    dialog.showModal();
  }
  function walk(step) {
    const stops = all(".entry-title a, .turn [rel=next]").filter((stop) => stop.offsetParent);
    const at = document.activeElement, entry = at.closest(".entry");
    const held = stops.indexOf(entry ? find(".entry-title a", entry) : at);
    // Who comes from elsewhere begins with what is on the screen.
    const first = stops.findIndex((stop) => stop.getBoundingClientRect().top >= 0);
    const to = stops[held >= 0 ? held + step : step > 0 ? first : -1];
    if (to) {
      to.focus({ preventScroll: true });
      (to.closest(".entry") || to).scrollIntoView({ block: "nearest" });
      return true;
    }
    const neighbour = !stops.length && find(".neighbour[rel=" + (step > 0 ? "next" : "prev") + "]");
    if (neighbour) neighbour.click();
    return Boolean(neighbour || held >= 0);
  }
  function press(key, at) {
    const entry = at.closest("[data-slug]"), slug = entry ? entry.dataset.slug : here;
    const results = find("[data-results]");
    if (gone_ && GO[key]) { location.href = root + GO[key]; return true; }
    gone_ = key === "g" ? now() : 0;
    if (key === "?") help();
    // The search has its own way to walk.
    else if ((key === "j" || key === "n") && !results) return walk(1);
    else if ((key === "k" || key === "p") && !results) return walk(-1);
    else if (key === "o" && entry) find(".entry-title a", entry).click();
    else if (key === "s" && slug) save(slug, about(slug));
    else if (key === "m" && slug) { document.dispatchEvent(new Event("digest-unread")); markRead(slug); }
    else return false;
    return true;
  }
  // Before all other listeners: so what is off is off for them too.
  document.addEventListener("keydown", (event) => {
    const at = event.target, key = event.key;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || key.length !== 1 || key === " " || !at.closest || writes(at)) return;
    if (gone_ && now() - gone_ > 2) gone_ = 0;
    if (dialog && dialog.open) { if (key === "?" && !keysOff()) { event.preventDefault(); dialog.close(); } return; }
    if (keysOff()) event.stopImmediatePropagation();
    else if (press(key, at)) event.preventDefault();
  }, true);

  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("[data-save], [data-read]");
    if (!button) return;
    const { save: slug, read } = button.dataset;
    if (slug) save(slug, about(slug));
    else { document.dispatchEvent(new Event("digest-unread")); markRead(read); }
  });
  addEventListener("storage", (event) => {
    page.delete(event.key);
    if (!event.key || Object.values(KEY).includes(event.key)) draw();
  });
  // A page that comes back out of the browser's memory missed what other pages did.
  addEventListener("pageshow", (event) => { if (event.persisted) draw(); });

  window.digestReading = { element, find, all, say, many, lang, root, SLUG, LOST, shelf, fill, paper, plain, tell, complete, merge, address, now, dress, draw };

  box = element("p", { class: "notice", role: "status" });
  document.body.append(box);
  all("article.entry").forEach(dress);
  const results = find("[data-results]");
  if (results) new MutationObserver((changes) => {
    changes.forEach((change) => change.addedNodes.forEach((node) => { if (node.matches && node.matches(".entry")) dress(node); }));
    draw();
  }).observe(results, { childList: true });
  startPaper();
  startVisit();
  draw();
  all("[data-keys]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", help);
  });
})();
