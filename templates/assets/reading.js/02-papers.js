// What is kept of a paper, and the marks that one sets and takes away.
(function () {
  "use strict";
  const reading = digestReading;
  const { find, all, say, root, now, SLUG, LOST, PAPER, recall, keep, drop, shelf, fill, paper, tell } = reading;
  const MOST_BYLINE = 3;

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
      reading.draw();
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

  Object.assign(reading, { plain, slugOf, address, ofCard, ofPage, known, complete, adopt, save, markRead, merge });
})();
