// The search page: what is asked, what is shown, and the address that says both. The query's text alone
// says what is asked: filters write into it.
(function () {
  "use strict";
  const us = window.digestSearch, element = us && us.element;
  const find = (name) => document.querySelector("[data-" + name + "]");
  const form = find("base"), results = find("results"), note = find("note"), turn = find("turn"), spoken = find("spoken");
  const sort = find("sort"), save = find("save"), saved = find("saved"), own = find("own"), help = find("help"), narrow = find("narrow"), end = find("end");
  if (!element || !form || !results) return;
  const box = form.querySelector("input"), status = document.getElementById("search-status"), top = document.getElementById("results-heading"), aside = narrow && narrow.parentNode;
  const { base, mark, root } = form.dataset, greeting = status.textContent, language = document.documentElement.lang || "en";
  const PAGE = 10, FIRST = 4, REST = 500, MOST_HELP = 6, MOST_COUNTED = 5000;
  let page = 1, asked = 0, drawnLast = 0, starting = 0, speaking = 0, settled = true, kept = "", meta = null, shownHelp = false, more = null, count = null;

  const number = (n) => n.toLocaleString(language);
  const papers = (n) => number(n) + (n === 1 ? " paper" : " papers");
  const quoted = (text) => "“" + (text.length > 80 ? text.slice(0, 79) + "…" : text) + "”";

  // A query in its parts, which can be put in and taken out.
  const parts = (text) => text.match(/-?(?:[a-z]+:)?"[^"]*"?|\S+/gi) || [];
  const clauses = (text) => parts(text).reduce((all, part) => {
    const last = all.length - 1;
    if (last >= 0 && (part === "OR" || / OR$/.test(all[last]))) all[last] += " " + part;
    else all.push(part);
    return all;
  }, []);
  const bare = (part) => part.toLowerCase().replace(/"/g, "");
  // A filter stands in a query by its slug, or by the name that is shown.
  const isOf = (clause, name) => (part) => bare(part) === clause || bare(part) === clause.split(":")[0] + ":" + name.toLowerCase();
  function toggled(clause, name) {
    const all = clauses(box.value), left = all.filter((part) => !isOf(clause, name)(part));
    // In front, so that the last word stays the one that may go on.
    return (left.length < all.length ? left : [clause, ...all]).join(" ");
  }

  // The address. While somebody types it changes in place; what was come to rest on stays in the history.
  function address(query, number_ = 1, order = sort.value) {
    const said = new URLSearchParams();
    if (query) said.set("q", query);
    if (order !== "relevance") said.set("sort", order);
    if (number_ > 1) said.set("page", number_);
    return "" + said ? "?" + said : location.pathname;
  }
  function keepAddress(settles) {
    const to = address(box.value.trim(), page);
    if (to === kept) { settled = settled || settles; return; }
    try {
      history[settles || settled ? "pushState" : "replaceState"](null, "", to);
    } catch (error) { /* refused for files on disk by some, and by others where somebody types fast */ }
    kept = to;
    settled = settles;
  }
  const link = (query, label) => element("a", { href: address(query), "data-q": query }, label);

  function say(text) {
    status.textContent = text;
    clearTimeout(speaking);
    speaking = setTimeout(() => { spoken.textContent = text; }, REST);
  }
  const paragraph = (...said) => element("p", {}, ...said);
  function explain(result, text) {
    const made = result.instead.map(([typed, used]) => {
      const corrected = us.spans(text, [typed]).reduceRight((all, [start, end]) => all.slice(0, start) + used + all.slice(end), text);
      return paragraph("No paper has " + quoted(typed) + ". Showing ", link(corrected, quoted(used)), " instead.");
    });
    if (result.missing.length) made.push(paragraph("No paper has " + result.missing.map(quoted).join(", ") + "."));
    result.missing.forEach((part) => {
      const [, field, value] = /^(tag|venue):"?([^"]*)/.exec(part) || [];
      const like = value ? meta.facets[field + "s"].filter((row) => us.folded(row[1]).includes(us.folded(value))).slice(0, 5) : [];
      if (like.length) {
        made.push(paragraph("Did you mean ", ...like.flatMap(([slug, name], at) => [at ? ", " : "",
          link(clauses(text).map((one) => one === part ? field + ":" + slug : one).join(" "), name)]), "?"));
      }
    });
    if (result.leftOut) made.push(paragraph("The search is long: its end was left out."));
    return made;
  }
  async function drawHelp(text, mine) {
    const all = clauses(text), list = element("ul", { class: "plain-list" });
    if (all.length > 1) {
      for (const part of all.slice(0, MOST_HELP)) {
        const query = all.filter((other) => other !== part).join(" "), { total } = await us.find(query, { typing: true });
        if (mine !== asked) return;
        if (total) list.append(element("li", {}, "Without " + quoted(part) + ": ", link(query, papers(total))));
      }
    }
    note.append(element("div", { class: "empty" }, paragraph("Nothing found."), list.firstChild ? list : "",
      paragraph("Fewer words find more. Or look through the ", element("a", { href: root + "tags/index.html" }, "tags"),
        " and the ", element("a", { href: root + "dates/index.html" }, "dates"), ".")));
  }

  function drawTurn(total) {
    const last = Math.ceil(total / PAGE);
    const step = (to, rel, label) => to < 1 || to > last ? element("span", {}) :
      element("a", { href: address(box.value.trim(), to), rel, "data-page": to }, label);
    turn.hidden = last < 2;
    turn.replaceChildren(step(page - 1, "prev", "Previous"),
      element("span", { class: "turn-here" }, "Page " + number(page) + " of " + number(last)), step(page + 1, "next", "Next"));
  }
  // The filters as the page was made, for when nothing is asked.
  const whole = Array.from(document.querySelectorAll("[data-filters]"), (list) => [list, Array.from(list.children)]);
  // `counted` is null where no count is known, and `true` where it is that of the page as it was made.
  function drawFilters(counted) {
    aside.classList.toggle("uncounted", !counted);
    const at = document.activeElement, held = at.dataset.clause, active = clauses(box.value);
    for (const [list, rows] of whole) {
      const { filters, field, most } = list.dataset;
      if (counted && counted !== true) {
        const counts = filters === "code" ? [["code", "code", counted.code]] : filters === "years" ? counted.years.map(([year, n]) => [year, "" + year, n]).reverse() : counted[filters];
        const shown = counts.filter(([slug, name, n], place) => n && (!most || place < most || active.some(isOf(field + ":" + slug, name))));
        list.replaceChildren(...shown.map(([slug, name, n]) =>
          element("li", {}, element("a", { href: "?", "data-clause": field + ":" + slug }, element("span", {}, name), " ", element("span", { class: "n" }, number(n))))));
        list.closest("section").hidden = !shown.length;
      } else {
        list.replaceChildren(...rows);
        list.closest("section").hidden = false;
      }
      list.querySelectorAll("a").forEach((item) => {
        const { clause } = item.dataset, name = item.firstChild.textContent;
        item.href = address(toggled(clause, name));
        item.toggleAttribute("aria-current", false);
        if (active.some(isOf(clause, name))) item.setAttribute("aria-current", "true");
        if (clause === held && at !== item && !at.isConnected) item.focus({ preventScroll: true });
      });
    }
  }

  // Where the index holds no texts, the pages of what is shown are read once the reader rests.
  function fetchSentences(entries, words, mine) {
    if (meta.text !== "none" || !/^http/.test(location.protocol) || (navigator.connection && navigator.connection.saveData)) return;
    setTimeout(() => entries.forEach(async (entry) => {
      const lead = entry.querySelector(".lead");
      try {
        if (mine !== asked || !lead) return;
        const answer = await fetch(entry.querySelector("a").href);
        const found = new DOMParser().parseFromString(await answer.text(), "text/html");
        found.querySelectorAll("annotation").forEach((source) => source.remove());
        const text = Array.from(found.querySelectorAll(".abstract p"), (p) => p.textContent).join(" ");
        if (mine !== asked || !answer.ok || !text.trim()) return;
        lead.replaceChildren(text);
        us.quote(lead, words);
      } catch (error) { /* the title says enough */ }
    }), REST + 100);
  }

  function failed(error) {
    const stale = error.kind === "stale", button = element("button", { class: "copy", type: "button" }, "Load it again");
    const said = stale ? "The site has just changed." : "The search index could not be loaded.";
    button.addEventListener("click", () => location.reload());
    results.replaceChildren();
    turn.hidden = true;
    note.replaceChildren(element("div", { class: "empty" }, paragraph(said + (stale ? " Load this page again to search what it holds now." : " Are you connected?")), button));
    say(said);
    results.dataset.state = "done";
  }
  // What was asked for last is drawn last. Keys that wait are taken in before the search begins.
  function search() {
    const mine = ++asked;
    results.dataset.state = "busy";
    clearTimeout(starting);
    starting = setTimeout(() => answer(box.value, mine).catch((error) => { if (mine === asked) failed(error); }), 0);
  }
  const links = () => Array.from(results.querySelectorAll("h3 a"));
  function startHelp(open) {
    if (open || shownHelp) help.open = open;
    shownHelp = open;
  }
  function showNothing(text) {
    more = count = null;
    results.replaceChildren();
    note.replaceChildren();
    turn.hidden = true;
    startHelp(true);
    drawFilters(true);
    say(text);
  }
  // The cards of hits `from` to `to`, with a heading where those begin that have only some of what was asked.
  async function entries(hits, from, to, result) {
    const cards = await us.cards(hits.slice(from, to).map((hit) => hit.slot));
    return cards.flatMap((card, at) => {
      const place = from + at, drawn = us.drawn(card, result.words, root);
      return hits[place].whole || (place && !hits[place - 1].whole) ? drawn :
        [element("h2", { class: "group-head" }, result.whole ? "Papers with some of it" : "No paper has all of it; these have some"), drawn];
    });
  }
  async function answer(text, mine) {
    save.hidden = !text.trim();
    if (save.hidden) {
      drawnLast = mine;
      showNothing(greeting);
    } else {
      meta = await us.open(base, mark);
      // The last word may go on: so it is also read where it comes from an address.
      const result = await us.find(text, { sort: sort.value, typing: true, limit: page * PAGE });
      const last = Math.max(1, Math.ceil(result.total / PAGE)), here = Math.min(page, last), from = (here - 1) * PAGE;
      const hits = result.hits.slice(from, from + PAGE), first = await entries(hits, 0, FIRST, result);
      if (mine < drawnLast) return;
      drawnLast = mine;
      if (mine === asked) page = here;
      startHelp(false);
      // Who already walks through the results stays at the same place.
      const held = links().indexOf(document.activeElement);
      results.replaceChildren(...first);
      if (held >= 0) (links()[held] || links()[0] || box).focus({ preventScroll: true });
      results.dataset.query = text;
      turn.hidden = true;
      note.replaceChildren(...explain(result, text));
      const rest = result.total - result.whole;
      say(!result.total ? "Nothing found." : !result.whole ? papers(rest) + " with some of it." :
        papers(result.whole) + (rest ? ", and " + number(rest) + " with some of it." :
          last > 1 ? ". Showing " + number(from + 1) + " to " + number(from + hits.length) + "." : "."));
      if (mine !== asked) return;
      // The others, and what leads on, come as one comes near them.
      more = async () => {
        more = null;
        const others = await entries(hits, FIRST, PAGE, result);
        if (mine !== drawnLast) return;
        results.append(...others);
        drawTurn(result.total);
        fetchSentences(others, result.words, mine);
      };
      nearby.disconnect();
      nearby.observe(end);
      fetchSentences(first, result.words, mine);
      if (!result.total) await drawHelp(text, mine);
      count = async () => {
        count = null;
        const counted = await us.facets(result);
        if (mine === asked) drawFilters(counted);
      };
      // What counts in a large collection is large: it waits until somebody turns to it.
      if (meta.papers <= MOST_COUNTED || aside.matches(":hover, :focus-within")) await count(); else drawFilters(null);
      if (mine !== asked) return;
    }
    results.dataset.query = text;
    results.dataset.state = "done";
  }
  const showMore = () => { if (more) more().catch(failed); };
  const nearby = new IntersectionObserver((seen) => { if (seen.some((one) => one.isIntersecting)) showMore(); });
  results.addEventListener("focusin", showMore);
  addEventListener("beforeprint", showMore);
  for (const event of ["pointerenter", "focusin"]) aside.addEventListener(event, () => { if (count) count().catch(failed); });

  // Searches that the reader keeps, in this browser alone.
  const KEY = "digest-searches " + location.pathname;
  function today() {
    const now = new Date();
    return new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
  }
  function recall() {
    try {
      return JSON.parse(localStorage.getItem(KEY)).filter(({ q, seen }) => typeof q === "string" && /^\d{4}-\d\d-\d\d$/.test(seen));
    } catch (error) { return []; }
  }
  function keep(list) {
    try { localStorage.setItem(KEY, JSON.stringify(list)); return true; } catch (error) { return false; }
  }
  async function drawSaved() {
    const list = recall();
    saved.hidden = !list.length && !saved.querySelector("ul:not([data-own])");
    const news = list.map(() => element("span", { class: "n" }));
    own.replaceChildren(...list.map(({ q }, at) => {
      const forget = element("button", { class: "forget", type: "button", "aria-label": "Forget " + q }, "×");
      forget.addEventListener("click", () => {
        keep(recall().filter((other) => other.q !== q));
        drawSaved();
        box.focus();
      });
      return element("li", {}, element("a", { href: address(q, 1, "date"), "data-q": q, "data-seen": "" }, q), " ", news[at], forget);
    }));
    try {
      if (list.length) await us.open(base, mark);
      for (const [at, { q, seen }] of list.entries()) {
        const { total } = await us.find(q, { since: seen });
        news[at].textContent = (total ? number(total) : "nothing") + " new since " + us.dated(seen);
      }
    } catch (error) { /* the links work all the same */ }
  }
  save.addEventListener("click", () => {
    const q = box.value.trim();
    say(keep(recall().filter((one) => one.q !== q).concat({ q, seen: today() })) ? "Saved in this browser." : "This window keeps nothing: the search could not be saved.");
    drawSaved();
  });

  function ask(query) {
    box.value = query;
    page = 1;
    search();
    keepAddress(true);
  }
  function fromAddress() {
    const said = new URLSearchParams(location.search);
    box.value = said.get("q") || "";
    sort.value = /^(?:date|title)$/.test(said.get("sort")) ? said.get("sort") : "relevance";
    page = Math.max(1, Math.min(1e5, parseInt(said.get("page"), 10) || 1));
    kept = address(box.value.trim(), page);
    settled = true;
    search();
  }
  box.addEventListener("focus", () => { us.open(base, mark).catch(() => { /* the search says so */ }); });
  box.addEventListener("input", () => { page = 1; search(); keepAddress(false); });
  form.addEventListener("submit", (event) => { event.preventDefault(); ask(box.value); });
  sort.addEventListener("change", () => ask(box.value));
  addEventListener("popstate", fromAddress);
  document.addEventListener("click", (event) => {
    const at = event.target.closest && event.target.closest("a[data-q], a[data-clause], a[data-page]");
    if (!at || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const { q, clause, seen, page: to } = at.dataset;
    if (to) {
      page = Number(to);
      search();
      keepAddress(true);
      top.focus({ preventScroll: true });
      top.scrollIntoView();
    } else if (clause) ask(toggled(clause, at.firstChild.textContent));
    else {
      if (seen === "") {
        keep(recall().map((one) => one.q === q ? { q, seen: today() } : one));
        sort.value = "date";
      }
      ask(q);
      if (!matchMedia("(pointer: coarse)").matches) box.focus();
    }
  });
  // Arrows, j and k walk from the box through the results to the next page.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const at = document.activeElement, key = event.key, writes = /^(?:INPUT|TEXTAREA|SELECT)$/.test(at.tagName);
    if (key === "Escape" && (at === box ? box.value : results.contains(at) || turn.contains(at))) {
      event.preventDefault();
      if (at === box) { box.value = ""; box.dispatchEvent(new Event("input")); }
      box.focus();
      box.select();
      return;
    }
    const step = key === "ArrowDown" || (key === "j" && !writes) ? 1 : key === "ArrowUp" || (key === "k" && !writes) ? -1 : 0;
    const stops = [box, ...links(), ...turn.querySelectorAll("[rel=next]")];
    const here = stops.indexOf(at), there = stops[(here < 0 ? 0 : here) + step];
    if (!step || !there || (here < 0 && (writes || (at !== top && key.length > 1)))) return;
    event.preventDefault();
    there.focus();
  });

  const wide = matchMedia("(min-width: 56rem)"), fit = () => { narrow.open = wide.matches; };
  wide.addEventListener("change", fit);
  fit();
  drawSaved();
  fromAddress();
  // An empty page is left as it was found: what is typed first takes its place.
  settled = Boolean(box.value);
  if (!box.value && !matchMedia("(pointer: coarse)").matches) box.focus();
})();
