// Filters and sorts the list that stands on the page, without asking anybody; the address says how, so
// that a view can be kept, sent and gone back to. What lies on further pages is the search's matter.
(function () {
  "use strict";
  const us = window.digestReading, bar = document.querySelector("[data-tools]");
  if (!us || !bar) return;
  const { element, find, all, say, many, lang, root, plain, shelf } = us;
  const stream = bar.parentNode, entries = all("article.entry", stream), turn = find(".turn");
  if (entries.length < 2) return;
  const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const order = new Intl.Collator(lang, { numeric: true });
  // Everything that is asked of a card, read once; its text only when somebody looks for words.
  const cards = entries.map((entry, at) => {
    const time = find(".when time", entry);
    return { entry, at, home: entry.parentNode, date: time ? time.getAttribute("datetime") : "", slug: entry.dataset.slug,
      code: Boolean(find('.facts [rel~="external"]', entry)), get text() { delete this.text; return this.text = folded(entry.textContent); },
      get title() { delete this.title; return this.title = plain(find(".entry-title a", entry)); } };
  });
  const groups = all(".group", stream), flat = element("div", { class: "entries", hidden: "" });
  (groups[0] || entries[0].parentNode).before(flat);

  const years = Array.from(new Set(cards.map((card) => card.date.slice(0, 4)).filter(Boolean))).sort().reverse();
  const coded = cards.filter((card) => card.code).length;
  const choice = (name, label, options) => {
    const made = element("select", { name }, ...options.map(([value, text]) => element("option", { value }, text)));
    return [made, element("label", {}, element("span", {}, label), made)];
  };
  const words = element("input", { name: "q", type: "search", autocomplete: "off", spellcheck: "false" });
  const [year, yearBox] = choice("year", say("Year"), [["", say("all")], ...years.map((one) => [one, one])]);
  const [show, showBox] = choice("show", say("Show"), [["", say("all")], ...(coded && coded < cards.length ? [["code", say("with code")]] : []),
    ["unread", say("unread")], ["new", say("new")], ["saved", say("saved")]]);
  const [sort, sortBox] = choice("sort", say("Sort by"), [["", say("as it stands")], ["newest", say("newest")], ["oldest", say("oldest")], ["title", say("title")]]);
  yearBox.hidden = years.length < 2;
  const clear = element("button", { type: "reset", class: "copy" }, say("Clear"));
  const form = element("form", { class: "list-form", id: "list-form", hidden: "" },
    element("label", {}, element("span", {}, say("Words")), words), yearBox, showBox, sortBox, clear);
  const open = element("button", { type: "button", class: "list-open", "aria-expanded": "false", "aria-controls": "list-form" }, say("Filter and sort"));
  const status = element("p", { class: "list-status", role: "status" }), empty = element("p", { class: "empty", hidden: "" }, say("No paper of this page is left."));
  bar.append(open, form, status);
  flat.after(empty);

  // `has=code` is how the search says it; `show` is the rest, of which only this browser knows.
  const fields = { q: words, year, show, sort };
  function fromAddress() {
    const said = new URLSearchParams(location.search);
    for (const name in fields) {
      const value = said.get(name) || (name === "show" && said.get("has")) || "";
      fields[name].value = value.slice(0, 200);
      // What is on no list here (a year, say) is as good as not said.
      if (fields[name].selectedIndex === -1) fields[name].value = "";
    }
    if (asked()) unfold(true);
    apply();
  }
  const asked = () => Object.values(fields).some((field) => field.value.trim());
  function toAddress() {
    const said = new URLSearchParams();
    for (const name in fields) {
      const value = fields[name].value.trim();
      if (value) said.set(name === "show" && value === "code" ? "has" : name, value);
    }
    const text = "" + said ? "?" + said : "";
    try { history.replaceState(history.state, "", text || location.pathname); } catch (error) { /* refused for files on disk by some */ }
    all("a", turn || bar).forEach((link) => { if (turn) link.search = text; });
  }
  function unfold(shown) {
    form.hidden = !shown;
    open.setAttribute("aria-expanded", shown);
  }

  // The same question to the whole collection, in the language of the search.
  function elsewhere() {
    const door = find(".nav-search a, form[role=search]"), path = location.href.slice(root.length).split(/[?#]/)[0];
    if (!door || !turn) return "";
    const [, kind, name] = /^(tags|venues|dates)\/([^/.]+)/.exec(path) || [];
    const clauses = [kind === "dates" ? (name !== "undated" && !year.value ? "year:" + name.slice(0, 7) : "") : kind ? kind.slice(0, -1) + ":" + decodeURIComponent(name) : "",
      /^authors\//.test(path) ? 'author:"' + plain(find("h1")) + '"' : "",
      year.value && "year:" + year.value, show.value === "code" && "has:code", words.value.trim()].filter(Boolean);
    const query = new URLSearchParams({ q: clauses.join(" ") });
    if (sort.value === "title") query.set("sort", "title"); else if (sort.value) query.set("sort", "date");
    return clauses.length ? root + "search.html?" + query : "";
  }
  function fits(card, needles, saved, read) {
    const wish = show.value;
    return (!year.value || card.date.startsWith(year.value)) && needles.every((needle) => card.text.includes(needle)) &&
      (wish === "code" ? card.code : wish === "unread" ? !read.has(card.slug) : wish === "new" ? card.entry.classList.contains("is-new") : wish !== "saved" || saved.has(card.slug));
  }
  const ORDERS = { newest: (a, b) => (a.date < b.date) - (a.date > b.date), oldest: (a, b) => (!a.date - !b.date) || (a.date > b.date) - (a.date < b.date), title: (a, b) => order.compare(a.title, b.title) };
  let sorted = "";
  function apply() {
    const needles = folded(words.value).split(/\s+/).filter(Boolean), saved = shelf("saved"), read = shelf("read");
    const held = document.activeElement;
    let left = 0;
    for (const card of cards) {
      const fit = fits(card, needles, saved, read);
      card.entry.hidden = !fit;
      left += fit;
    }
    // In another order headings say nothing: the cards leave them, and come back to where they stood.
    if (sort.value !== sorted) {
      const by = ORDERS[sort.value], list = by ? cards.slice().sort((a, b) => by(a, b) || a.at - b.at) : cards;
      list.forEach((card) => (by ? flat : card.home).append(card.entry));
      flat.hidden = !by;
      sorted = sort.value;
      if (held !== document.activeElement && held.isConnected) held.focus({ preventScroll: true });
    }
    groups.forEach((group) => { group.hidden = Boolean(sorted) || !all("article.entry:not([hidden])", group).length; });
    empty.hidden = left > 0;
    const part = turn ? say("This is one page of the list.") : "", link = part && asked() && elsewhere();
    status.replaceChildren(...(asked() ? [left < cards.length ? many("{n} paper of {total}", "{n} papers of {total}", left, { total: cards.length }) : many("{n} paper", "{n} papers", left), part && ". ", part,
      link ? " " : "", link ? element("a", { href: link }, say("Search all papers so")) : ""] : []));
    clear.hidden = !asked();
  }

  open.addEventListener("click", () => { unfold(form.hidden); if (!form.hidden) words.focus(); });
  form.addEventListener("input", () => { apply(); toAddress(); });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => { apply(); toAddress(); words.focus(); }));
  form.addEventListener("keydown", (event) => { if (event.key === "Escape" && form.contains(event.target)) { unfold(false); open.focus(); } });
  // What was saved or read meanwhile, here or in another tab, or turned out to be new.
  document.addEventListener("digest-reading", () => { if (show.value && show.value !== "code") apply(); });
  addEventListener("popstate", fromAddress);
  fromAddress();
  if (asked()) toAddress();
})();
