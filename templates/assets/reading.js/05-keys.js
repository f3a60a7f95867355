// Keys. All of them are silent while somebody writes, and can be put off for good.
(function () {
  "use strict";
  const { element, find, all, say, root, now, recall, keep, save, markRead, about, here } = digestReading;
  const KEYS_OFF = "digest-keys";
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

  all("[data-keys]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", help);
  });
})();
