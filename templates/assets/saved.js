// The page of saved papers: what reading.js keeps, listed, handed out and taken in.
(function () {
  "use strict";
  const us = window.digestReading, list = document.querySelector("[data-saved-list]");
  if (!us || !list) return;
  const { element, find, all, say, many, lang, root, SLUG, LOST, shelf, paper, tell, address, now } = us;
  const sort = find("[data-saved-sort]"), linkBox = find("[data-link-box]"), link = find("[data-link]"), order = new Intl.Collator(lang, { numeric: true });
  const MOST_FILE = 2e7, AT_ONCE = 3, SHORT = /^arxiv-/;

  // What is saved, as it is shown: the newest first, or by the papers' own dates or titles.
  const ORDERS = { saved: (a, b) => b.at - a.at, date: (a, b) => (a.date < b.date) - (a.date > b.date), title: (a, b) => order.compare(a.title, b.title) };
  const rows = () => Array.from(shelf("saved"), ([slug, at]) => Object.assign({ title: slug, by: "", when: "", date: "", venue: "", tags: [] }, checked(paper(slug)), { slug, at }))
    .sort((a, b) => ORDERS[sort.value](a, b) || (a.slug > b.slug) - (a.slug < b.slug));

  // What comes from a file, or from a memory that others may write to: texts of a bearable length.
  function checked(about) {
    const made = {};
    for (const name of ["title", "by", "when", "date", "venue", "bib"]) if (about[name] && typeof about[name] === "string") made[name] = about[name].slice(0, 20000);
    if (Array.isArray(about.tags)) made.tags = about.tags.filter((tag) => Array.isArray(tag) && SLUG.test(tag[0]) && typeof tag[1] === "string").slice(0, 30);
    if (about.cite && typeof about.cite["@id"] === "string") made.cite = about.cite;
    for (const name of ["full", "gone"]) if (about[name]) made[name] = 1;
    return made;
  }

  function drawn(row) {
    const facts = [row.by && element("li", { class: "byline" }, row.by), row.when && element("li", { class: "when" }, element("time", { datetime: row.date }, row.when)),
      row.venue && element("li", {}, row.venue), row.gone && element("li", {}, say("no longer in this digest"))].filter(Boolean);
    return element("article", { class: "entry" },
      element("h3", { class: "entry-title", dir: "auto" }, element("a", { href: address(row.slug) }, row.title)),
      facts.length ? element("ul", { class: "facts" }, ...facts) : "",
      row.tags.length ? element("ul", { class: "chips", "aria-label": say("Tags") }, ...row.tags.map(([slug, name]) =>
        element("li", {}, element("a", { class: "chip", href: root + "tags/" + encodeURIComponent(slug) + ".html" }, name)))) : "");
  }
  let shown = "";
  function draw() {
    const saved = rows(), read = shelf("read"), lacking = saved.filter((row) => !row.cite && !row.gone).length;
    const unread = saved.filter((row) => !read.has(row.slug)).length, text = JSON.stringify([sort.value, saved]);
    find("[data-saved-about]").textContent = !saved.length ? "" : many("{n} paper", "{n} papers", saved.length) + (unread ? ", " + many("{n} unread", "{n} unread", unread) : "");
    find("[data-saved-empty]").hidden = saved.length > 0;
    find(".saved-bar").hidden = saved.length < 2;
    all("[data-saved-some]").forEach((part) => { part.hidden = !saved.length; });
    find("[data-saved-lacking]").textContent = lacking ? many("{n} paper lacks parts of its citation until its page has been opened.", "{n} papers lack parts of their citations until their pages have been opened.", lacking) : "";
    if (text === shown) return;
    shown = text;
    // Who walks through the list, or takes papers out of it, stays at the same place.
    const at = all(".entry", list).findIndex((entry) => entry.contains(document.activeElement));
    list.replaceChildren(...saved.map(drawn));
    all(".entry", list).forEach(us.dress);
    us.draw();
    if (at >= 0) {
      const left = all(".entry-title a", list);
      (left[Math.min(at, left.length - 1)] || find("#saved-list")).focus({ preventScroll: true });
    }
  }
  let waiting = 0;
  function drawSoon() { clearTimeout(waiting); waiting = setTimeout(draw, 50); }

  // What cards and links do not tell is read from the papers' own pages, a few at a time.
  let completing = false;
  async function completeAll() {
    if (completing) return;
    completing = true;
    const left = rows().filter((row) => !row.full && !row.gone).map((row) => row.slug);
    await Promise.all(Array.from({ length: AT_ONCE }, async () => { while (left.length) await us.complete(left.shift()); }));
    completing = false;
  }

  // Handing out.
  const script = (src) => new Promise((done, failed) => {
    const made = element("script", { src });
    made.onload = done;
    made.onerror = failed;
    document.head.append(made);
  });
  // A paper of which only the card is known.
  const short = (row) => ({ "@id": "#" + row.slug, headline: row.title, datePublished: row.date, url: address(row.slug),
    identifier: SHORT.test(row.slug) && /\d{4}\.\d{4,5}$/.test(row.slug) ? ["arXiv:" + row.slug.slice(6)] : [] });
  // The address within the digest stands in each entry, so that what goes out can come in again.
  const FORMS = {
    bibtex: ["saved.bib", "application/x-bibtex", (each) => each((row, forms) => (row.bib || forms.bibtex).trimEnd().replace(/\}$/, "  digest = {" + row.slug + "},\n}\n")).join("\n")],
    ris: ["saved.ris", "application/x-research-info-systems", (each) => each((row, forms) => forms.ris.replace(/ER {2}- /, "LB  - " + row.slug + "\r\nER  - ")).join("\r\n")],
    csl: ["saved.csl.json", "application/json", (each) => JSON.stringify(each((row, forms) => Object.assign(forms.csl, { custom: { digest: row.slug } })), null, 1) + "\n"],
  };
  function download(name, type, text) {
    const to = URL.createObjectURL(new Blob([text], { type: type + ";charset=utf-8" }));
    element("a", { href: to, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(to), 60000);
  }
  async function handOut(form) {
    if (form === "json") {
      const saved = rows().map((row) => Object.assign({ slug: row.slug, at: row.at }, checked(paper(row.slug))));
      download("saved.json", "application/json", JSON.stringify({ digest: "saved", version: 1, site: root, saved, read: Object.fromEntries(shelf("read")) }, null, 1) + "\n");
    } else if (form === "link") {
      const slugs = rows().map((row) => row.slug.replace(SHORT, "~"));
      link.value = root + "saved.html#" + slugs.join(",");
      linkBox.hidden = false;
      link.focus();
      link.select();
      let copied = false;
      try { await navigator.clipboard.writeText(link.value); copied = true; } catch (error) { copied = document.execCommand("copy"); }
      tell(copied ? say("Copied. Open the link on the other device.") : say("Selected: press Ctrl+C"));
      return;
    } else {
      if (!window.digestCite) await script(root + "assets/cite.js" + new URL(find("script[src*='assets/saved.js']").src).search);
      const [name, type, made] = FORMS[form];
      const each = (write) => rows().map((row) => {
        try { return write(row, window.digestCite(row.cite || short(row))); } catch (error) { return write(row, window.digestCite(short(row))); }
      });
      download(name, type, made(each));
    }
    tell(many("{n} paper handed out as a file.", "{n} papers handed out as a file.", rows().length));
  }

  // Taking in. `[slug, when, about]` of each paper in a file that this page once made.
  function understood(text) {
    const fit = (slug) => typeof slug === "string" && SLUG.test(slug);
    let data = null;
    try { data = JSON.parse(text); } catch (error) { /* BibTeX or RIS */ }
    if (Array.isArray(data)) {
      return [data.filter((one) => one && one.custom && fit(one.custom.digest)).map((one) => [one.custom.digest, 0, checked({ title: one.title })]), []];
    }
    if (data && Array.isArray(data.saved)) {
      return [data.saved.filter((one) => one && fit(one.slug)).map((one) => [one.slug, one.at > 0 ? Math.floor(one.at) : 0, checked(one)]),
        Object.entries(data.read || {}).filter(([slug, at]) => fit(slug) && at > 0)];
    }
    const entries = /^TY {2}- /m.test(text) ? text.split(/^ER {2}-/m) : text.split(/^(?=@)/m);
    return [entries.flatMap((entry) => {
      const slug = /^(?:LB {2}- |[ \t]{0,8}digest = \{)([^}\s]{1,200})/m.exec(entry), title = /^(?:TI {2}- |[ \t]{0,8}title = \{{1,2})([^\r\n]{1,2000}?)(?:\}{1,2},)?\r?$/m.exec(entry);
      return slug && fit(slug[1]) ? [[slug[1], 0, checked({ title: title ? title[1] : "" })]] : [];
    }), []];
  }
  function takeIn(rows_, read) {
    const { added, room, read: marks, undo } = us.merge(rows_, read);
    tell(!room ? LOST : (added.length ? many("{n} paper added.", "{n} papers added.", added.length) : say("No paper is new here.")) +
      (rows_.length > added.length ? " " + many("{n} was here already.", "{n} were here already.", rows_.length - added.length) : "") +
      (marks ? " " + many("{n} more is marked as read.", "{n} more are marked as read.", marks) : ""), added.length || marks ? undo : null);
    completeAll();
  }
  function fromLink() {
    const text = location.hash.slice(1);
    if (!text.includes(",") && !/^(?:~|[a-z0-9-]+[-.][a-z0-9.-]*\d)/.test(text)) return;
    const slugs = Array.from(new Set(text.slice(0, 500000).split(",").map((slug) => slug.replace("~", "arxiv-")))).filter((slug) => SLUG.test(slug));
    if (!slugs.length) return;
    // Gone from the address, or going back would bring it in once more.
    try { history.replaceState(null, "", location.pathname + location.search); } catch (error) { /* refused for files on disk by some */ }
    takeIn(slugs.map((slug) => [slug, 0, {}]), []);
  }
  async function fromFile(input) {
    const file = input.files[0];
    input.value = "";
    if (!file) return;
    const [found, read] = file.size <= MOST_FILE ? understood(await file.text()) : [[], []];
    if (found.length || read.length) takeIn(found, read);
    else tell(say("Nothing was brought in: the file holds no papers that this page once handed out."));
  }

  sort.addEventListener("change", draw);
  document.addEventListener("digest-reading", drawSoon);
  document.addEventListener("click", (event) => {
    const at = event.target.closest("[data-export], [data-clear]");
    if (!at) return;
    if (at.dataset.export) handOut(at.dataset.export).catch(() => tell(say("That did not work. Load the page again.")));
    else {
      const before = shelf("saved");
      us.fill("saved", new Map());
      tell(say("All removed"), () => us.fill("saved", before));
    }
  });
  find("[data-import]").addEventListener("change", (event) => fromFile(event.target));
  addEventListener("hashchange", fromLink);
  draw();
  fromLink();
  completeAll();
})();
