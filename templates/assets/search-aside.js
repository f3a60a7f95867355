// What stands beside the results: filters, which write into the query, and the searches that a reader
// keeps in this browser alone.
(function () {
  "use strict";
  const us = window.digestSearch, { element } = us, say = digestSay, many = digestMany;
  const KEY = "digest-searches " + location.pathname;

  // A query in its parts, which can be put in and taken out.
  us.clauses = (text) => (text.match(/-?(?:[a-z]+:)?"[^"]*"?|\S+/gi) || []).reduce((all, part) => {
    const last = all.length - 1;
    if (last >= 0 && (part === "OR" || / OR$/.test(all[last]))) all[last] += " " + part;
    else all.push(part);
    return all;
  }, []);
  const bare = (part) => part.toLowerCase().replace(/"/g, "");
  // A filter stands in a query by its slug, or by the name that is shown.
  const isOf = (clause, name) => (part) => bare(part) === clause || bare(part) === clause.split(":")[0] + ":" + name.toLowerCase();
  us.toggled = (text, clause, name) => {
    const all = us.clauses(text), left = all.filter((part) => !isOf(clause, name)(part));
    // In front, so that the last word stays the one that may go on.
    return (left.length < all.length ? left : [clause, ...all]).join(" ");
  };

  // The filters as the page was made, for when nothing is asked.
  const made = Array.from(document.querySelectorAll("[data-filters]"), (list) => [list, Array.from(list.children)]);
  const row = (clause, name, n) => element("li", {}, element("a", { href: "?", "data-clause": clause },
    element("span", {}, name), " ", n ? element("span", { class: "n" }, say("{n}", { n })) : ""));
  // `counted` is null where no count is known, and `true` where it is that of the page as it was made.
  us.drawFilters = (text, counted, address) => {
    const at = document.activeElement, held = at.dataset.clause, active = us.clauses(text);
    for (const [list, rows] of made) {
      const { filters, field, most } = list.dataset;
      list.closest("aside").classList.toggle("uncounted", !counted);
      let shown = rows;
      if (counted && counted !== true) {
        const counts = filters === "code" ? [["code", say("code"), counted.code]] :
          filters === "years" ? counted.years.map(([year, n]) => [year, "" + year, n]).reverse() : counted[filters];
        shown = counts.filter(([slug, name, n], place) => n && (!most || place < most || active.some(isOf(field + ":" + slug, name))))
          .map(([slug, name, n]) => row(field + ":" + slug, name, n));
      }
      list.replaceChildren(...shown);
      const items = () => Array.from(list.querySelectorAll("a"), (item) => [item, item.dataset.clause, item.firstChild.textContent]);
      // What is asked for stands there as well, though it be none of those that are counted.
      for (const part of active) {
        if (/ OR /.test(part) || !bare(part).startsWith(field + ":") || items().some(([, ...of]) => isOf(...of)(part))) continue;
        const value = bare(part).slice(field.length + 1), known = us.meta && filters !== "code" && us.meta.facets[filters].find(([slug]) => slug === value);
        if (value) list.prepend(row(field + ":" + value, known ? known[1] : value));
      }
      list.closest("section").hidden = !list.firstChild;
      for (const [item, clause, name] of items()) {
        item.href = address(us.toggled(text, clause, name));
        item.toggleAttribute("aria-current", false);
        if (active.some(isOf(clause, name))) item.setAttribute("aria-current", "true");
        if (clause === held && at !== item && !at.isConnected) item.focus({ preventScroll: true });
      }
    }
  };

  function today() {
    const now = new Date();
    return new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
  }
  function recall() {
    try {
      return JSON.parse(localStorage.getItem(KEY)).filter(({ q, seen }) => typeof q === "string" && /^\d{4}-\d\d-\d\d$/.test(seen));
    } catch (error) { return []; }
  }
  // Whether the browser keeps what `change` makes of the searches it knows.
  us.keepSearches = (change) => {
    try { localStorage.setItem(KEY, JSON.stringify(change(recall()))); return true; } catch (error) { return false; }
  };
  us.keepSearch = (q) => us.keepSearches((list) => list.filter((one) => one.q !== q).concat({ q, seen: today() }));
  us.seeSearch = (q) => us.keepSearches((list) => list.map((one) => one.q === q ? { q, seen: today() } : one));
  // `open` gives the index, `forgotten` is called once one of them has been let go.
  us.drawSaved = async (address, open, forgotten) => {
    const own = document.querySelector("[data-own]"), saved = own.closest("section"), list = recall();
    saved.hidden = !list.length && !saved.querySelector("ul:not([data-own])");
    const news = list.map(() => element("span", { class: "n" }));
    own.replaceChildren(...list.map(({ q }, at) => {
      const forget = element("button", { class: "forget", type: "button", "aria-label": say("Forget {query}", { query: q }) }, "×");
      forget.addEventListener("click", () => {
        us.keepSearches((all) => all.filter((other) => other.q !== q));
        us.drawSaved(address, open, forgotten);
        forgotten();
      });
      return element("li", {}, element("a", { href: address(q, 1, "date"), "data-q": q, "data-seen": "" }, q), " ", news[at], forget);
    }));
    try {
      if (list.length) await open();
      for (const [at, { q, seen }] of list.entries()) {
        const { total } = await us.find(q, { since: seen }), date = us.dated(seen);
        news[at].textContent = total ? many("{n} new since {date}", "{n} new since {date}", total, { date }) : say("nothing new since {date}", { date });
      }
    } catch (error) { /* the links work all the same */ }
  };
})();
