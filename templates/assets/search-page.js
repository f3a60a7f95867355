// The search page once somebody asks: what is asked, what is shown, and the address that says both.
// The query's text alone says what is asked.
(function () {
  "use strict";
  const us = window.digestSearch || {}, { element, clauses } = us, say = digestSay, many = digestMany;
  // One of the files may not have come, of which search.js tells.
  if (!us.find || !us.drawn || !clauses) return;
  const find = (name) => document.querySelector("[data-" + name + "]");
  const form = find("base"), results = find("results"), note = find("note"), turn = find("turn"), spoken = find("spoken"), sort = find("sort"), save = find("save"), help = find("help"), end = find("end");
  const box = form.querySelector("input"), status = document.getElementById("search-status"), top = document.getElementById("results-heading"), aside = find("narrow").parentNode;
  const { base, mark, root } = form.dataset, greeting = status.textContent, open = () => us.open(base, mark);
  const PAGE = 10, FIRST = 4, REST = 500, MOST_HELP = 6, MOST_COUNTED = 5000;
  let page = 1, asked = 0, drawnLast = 0, starting = 0, speaking = 0, settled = true, kept = "", shownHelp = help.open, more = null, count = null;

  const number = (n) => say("{n}", { n });
  const papers = (n) => many("{n} paper", "{n} papers", n);
  const quoted = (text) => say("“{text}”", { text: text.length > 80 ? text.slice(0, 79) + "…" : text });
  // A text whose places are filled with elements.
  const woven = (text, of) => text.split(/\{(\w+)\}/).map((part, at) => at % 2 ? of[part] : part);

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

  function announce(text) {
    status.textContent = text;
    clearTimeout(speaking);
    speaking = setTimeout(() => { spoken.textContent = text; }, REST);
  }
  const paragraph = (...said) => element("p", {}, ...said);
  function explain(result, text) {
    const made = result.instead.map(([typed, used]) => {
      const corrected = us.spans(text, [typed]).reduceRight((all, [start, end]) => all.slice(0, start) + used + all.slice(end), text);
      return paragraph(...woven(say("No paper has {typed}. Showing {used} instead."), { typed: quoted(typed), used: link(corrected, quoted(used)) }));
    });
    if (result.missing.length) made.push(paragraph(say("No paper has {words}.", { words: result.missing.map(quoted).join(say(", ")) })));
    result.missing.forEach((part) => {
      const [, field, value] = /^(tag|venue):"?([^"]*)/.exec(part) || [];
      const like = value ? us.meta.facets[field + "s"].filter((row) => us.folded(row[1]).includes(us.folded(value))).slice(0, 5) : [];
      if (like.length) {
        const list = element("span", {}, ...like.flatMap(([slug, name], at) => [at ? say(", ") : "",
          link(clauses(text).map((one) => one === part ? field + ":" + slug : one).join(" "), name)]));
        made.push(paragraph(...woven(say("Did you mean {names}?"), { names: list })));
      }
    });
    if (result.leftOut) made.push(paragraph(say("The search is long: its end was left out.")));
    return made;
  }
  async function drawHelp(text, mine) {
    const all = clauses(text), list = element("ul", { class: "plain-list" });
    if (all.length > 1) {
      for (const part of all.slice(0, MOST_HELP)) {
        const query = all.filter((other) => other !== part).join(" "), { total } = await us.find(query, { typing: true });
        if (mine !== asked) return;
        if (total) list.append(element("li", {}, ...woven(say("Without {words}: {papers}"), { words: quoted(part), papers: link(query, papers(total)) })));
      }
    }
    note.append(element("div", { class: "empty" }, paragraph(say("Nothing found.")), list.firstChild ? list : "",
      paragraph(...woven(say("Fewer words find more. Or look through the {tags} and the {dates}."), {
        tags: element("a", { href: root + "tags/index.html" }, say("tags")), dates: element("a", { href: root + "dates/index.html" }, say("dates"))
      }))));
  }

  function drawTurn(total) {
    const last = Math.ceil(total / PAGE);
    const step = (to, rel, label) => to < 1 || to > last ? element("span", {}) :
      element("a", { href: address(box.value.trim(), to), rel, "data-page": to }, label);
    turn.hidden = last < 2;
    turn.replaceChildren(step(page - 1, "prev", say("Previous")),
      element("span", { class: "turn-here" }, say("Page {n} of {last}", { n: page, last })), step(page + 1, "next", say("Next")));
  }
  const drawFilters = (counted) => us.drawFilters(box.value, counted, address);
  // Where the index holds no texts, the pages of what is shown are read once the reader rests.
  function fetchSentences(entries, words, mine) {
    if (us.meta.text !== "none" || !/^http/.test(location.protocol) || (navigator.connection && navigator.connection.saveData)) return;
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
    const stale = error.kind === "stale", button = element("button", { class: "copy", type: "button" }, say("Load it again"));
    const said = stale ? say("The site has just changed.") : say("The search index could not be loaded.");
    button.addEventListener("click", () => location.reload());
    results.replaceChildren();
    turn.hidden = true;
    note.replaceChildren(element("div", { class: "empty" }, paragraph(said + " " + (stale ? say("Load this page again to search what it holds now.") : say("Are you connected?"))), button));
    announce(said);
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
    announce(text);
  }
  // The cards of hits `from` to `to`, with a heading where those begin that have only some of what was asked.
  async function entries(hits, from, to, result) {
    const cards = await us.cards(hits.slice(from, to).map((hit) => hit.slot));
    return cards.flatMap((card, at) => {
      const place = from + at, drawn = us.drawn(card, result.words, root);
      return hits[place].whole || (place && !hits[place - 1].whole) ? drawn :
        [element("h2", { class: "group-head" }, result.whole ? say("Papers with some of it") : say("No paper has all of it; these have some")), drawn];
    });
  }
  async function answer(text, mine) {
    save.hidden = !text.trim();
    if (save.hidden) {
      drawnLast = mine;
      showNothing(greeting);
    } else {
      await open();
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
      const some = many("{n} paper with some of it.", "{n} papers with some of it.", rest);
      announce(!result.total ? say("Nothing found.") : !result.whole ? some : many("{n} paper.", "{n} papers.", result.whole) + (rest ? " " + some :
        last > 1 ? " " + say("Showing {first} to {last}.", { first: from + 1, last: from + hits.length }) : ""));
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
      if (us.meta.papers <= MOST_COUNTED || aside.matches(":hover, :focus-within")) await count(); else drawFilters(null);
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

  const drawSaved = () => us.drawSaved(address, open, () => box.focus());
  save.addEventListener("click", () => {
    announce(us.keepSearch(box.value.trim()) ? say("Saved in this browser.") : say("This window keeps nothing: the search could not be saved."));
    drawSaved();
  });

  function ask(query) {
    box.value = query;
    page = 1;
    search();
    keepAddress(true);
  }
  function fromAddress(event) {
    const said = new URLSearchParams(location.search), q = said.get("q") || "", order = said.get("sort");
    // Whoever began to write while this was loaded goes on writing.
    if (event) box.value = q;
    sort.value = /^(?:date|title)$/.test(order) ? order : "relevance";
    page = box.value === q ? Math.max(1, Math.min(1e5, parseInt(said.get("page"), 10) || 1)) : 1;
    kept = address(q.trim(), page);
    // An empty page is left as it was found: what is typed first takes its place.
    settled = Boolean(event || q);
    search();
  }
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
    } else if (clause) ask(us.toggled(box.value, clause, at.firstChild.textContent));
    else {
      if (seen === "") {
        us.seeSearch(q);
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

  drawSaved();
  fromAddress();
  keepAddress(false);
})();
