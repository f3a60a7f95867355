// Marks on cards and on the page of a paper.
(function () {
  "use strict";
  const reading = digestReading;
  const { element, find, all, say, KEY, shelf, paper, forget, plain, slugOf, ofCard, ofPage, known, adopt, save, markRead } = reading;
  const READ = 6;

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
      const isNew = !isRead && reading.isNew(slug, (entry.dataset.was || "").split(" "));
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
    return entry ? ofCard(entry) : slug === reading.here ? ofPage(document) : paper(slug);
  };

  function startPaper() {
    const article = find("article.paper"), actions = article && find("[data-actions]");
    const here = reading.here = article ? slugOf(location.href) : "";
    if (!here) return;
    const shown = ofPage(document);
    if (shown.was[0]) adopt(shown.was, here);
    if (shelf("saved").has(here)) known(here, Object.assign(shown, { gone: false }));
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

  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("[data-save], [data-read]");
    if (!button) return;
    const { save: slug, read } = button.dataset;
    if (slug) save(slug, about(slug));
    else { document.dispatchEvent(new Event("digest-unread")); markRead(read); }
  });
  addEventListener("storage", (event) => {
    forget(event.key);
    if (!event.key || Object.values(KEY).includes(event.key)) draw();
  });
  // A page that comes back out of the browser's memory missed what other pages did.
  addEventListener("pageshow", (event) => { if (event.persisted) draw(); });

  Object.assign(reading, { dress, draw, about });

  all("article.entry").forEach(dress);
  const results = find("[data-results]");
  if (results) new MutationObserver((changes) => {
    changes.forEach((change) => change.addedNodes.forEach((node) => { if (node.matches && node.matches(".entry")) dress(node); }));
    draw();
  }).observe(results, { childList: true });
  startPaper();
  reading.startVisit();
  draw();
})();
