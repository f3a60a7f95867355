// Search in the browser. The data come as scripts, not by fetch, so that the page also works from
// a folder on disk. Each part calls
//   digestSearch.add([[path, title, lead, byline, dateLabel, tags, text], …])
// Everything read is put on the page as text, never as HTML.
(function () {
  "use strict";
  var SHOWN = 50;
  var form = document.querySelector("[data-search]");
  var results = document.querySelector("[data-results]");
  if (!form || !results) return;
  var box = form.querySelector("input[type=search]");
  var status = document.getElementById("search-status");
  var greeting = status.textContent;
  var parts = form.getAttribute("data-parts").split(" ").filter(Boolean);
  var papers = [];
  var loaded = 0;
  var failed = 0;
  var loading = false;
  var LETTERS = { "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i" };

  // Lower case, accents off, anything but letters and digits a blank.
  function fold(text) {
    text = text.toLowerCase();
    if (/[^\x00-\x7f]/.test(text)) {
      text = text.normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase()
        .replace(/[ßæœøđðþłı]/g, function (letter) { return LETTERS[letter]; });
    }
    return text.replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  }
  function asText(value) {
    return Array.isArray(value) ? value.join(", ") : String(value == null ? "" : value);
  }
  function padded(text) { return " " + fold(text) + " "; }

  window.digestSearch = {
    add: function (rows) {
      rows.forEach(function (row) {
        row = row.map(asText);
        papers.push({
          row: row,
          title: padded(row[1]),
          tags: padded(row[5]),
          byline: padded(row[3]),
          text: padded([row[2], row[6], row[4]].join(" "))
        });
      });
    }
  };

  // A word counts at the start of a word; where a script has no blanks between words, anywhere.
  function needleOf(word) {
    return /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]/.test(word) ? word : " " + word;
  }
  function rate(paper, needles, whole) {
    var score = 0;
    for (var i = 0; i < needles.length; i++) {
      var needle = needles[i];
      var worth = 0;
      if (paper.title.includes(needle)) worth = paper.title.includes(needle + " ") ? 16 : 12;
      else if (paper.tags.includes(needle)) worth = 8;
      else if (paper.byline.includes(needle)) worth = paper.byline.includes(needle + " ") ? 7 : 5;
      else if (paper.text.includes(needle)) worth = paper.text.includes(needle + " ") ? 2 : 1;
      if (!worth) return 0;
      score += worth;
    }
    if (needles.length > 1) {
      if (paper.title.includes(whole)) score += 20;
      else if (paper.text.includes(whole)) score += 6;
    }
    return score;
  }

  function element(tag, name, text) {
    var made = document.createElement(tag);
    if (name) made.className = name;
    if (text) made.textContent = text;
    return made;
  }
  // Text with the words looked for marked. Plain words only: a folded accent is found, not marked.
  function marked(holder, text, words) {
    var low = text.toLowerCase();
    var at = 0;
    while (low.length === text.length) {
      var start = -1;
      var length = 0;
      words.forEach(function (word) {
        var found = low.indexOf(word, at);
        while (found > 0 && /[\p{L}\p{N}]/u.test(low[found - 1])) found = low.indexOf(word, found + 1);
        if (found >= 0 && (start < 0 || found < start)) { start = found; length = word.length; }
      });
      if (start < 0) break;
      holder.append(text.slice(at, start), element("mark", "", text.slice(start, start + length)));
      at = start + length;
    }
    holder.append(text.slice(at));
    return holder;
  }
  function card(row, words) {
    var entry = element("article", "entry");
    var title = element("h3", "entry-title");
    var link = element("a");
    link.href = row[0];
    title.dir = "auto";
    title.append(marked(link, row[1], words));
    entry.append(title);
    if (row[2]) {
      var lead = element("p", "lead");
      lead.dir = "auto";
      entry.append(marked(lead, row[2], words));
    }
    var facts = element("ul", "facts");
    [row[3], row[4], row[5]].forEach(function (fact, number) {
      if (fact) facts.append(marked(element("li", ["byline", "", "whole"][number]), fact, words));
    });
    if (facts.firstChild) entry.append(facts);
    return entry;
  }

  function count(number, word) {
    return number.toLocaleString(document.documentElement.lang || "en") + " " + word + (number === 1 ? "" : "s");
  }
  function say(found) {
    var waiting = loaded < parts.length;
    var text = found === null ? greeting
      : found === 0 ? (waiting ? "" : "No paper has all of these words. Try fewer, or the beginning of a word.")
      : found > SHOWN ? count(found, "paper") + " found; the best " + SHOWN + " are shown. Another word narrows them."
      : count(found, "paper") + " found.";
    if (found !== null && waiting) text += " Reading the index, part " + (loaded + 1) + " of " + parts.length + " …";
    if (failed && !waiting) text += " A part of the index could not be loaded: some papers may be missing.";
    status.textContent = text.trim();
  }

  function search() {
    var query = fold(box.value);
    if (!query) {
      results.replaceChildren();
      say(null);
      return;
    }
    load();
    var words = query.split(" ");
    var needles = words.map(needleOf);
    var whole = needleOf(query);
    var found = [];
    papers.forEach(function (paper, number) {
      var score = rate(paper, needles, whole);
      if (score) found.push([score, number]);
    });
    found.sort(function (a, b) { return b[0] - a[0] || a[1] - b[1]; });
    results.replaceChildren.apply(results, found.slice(0, SHOWN).map(function (hit) {
      return card(papers[hit[1]].row, words);
    }));
    say(found.length);
  }

  function load() {
    if (loading) return;
    loading = true;
    (function next() {
      if (loaded >= parts.length) return;
      var script = document.createElement("script");
      function done() { loaded++; search(); next(); }
      script.src = parts[loaded];
      script.onload = done;
      script.onerror = function () { failed++; done(); };
      document.head.append(script);
    })();
  }

  function fromAddress() {
    box.value = new URLSearchParams(location.search).get("q") || "";
    search();
  }
  function toAddress(kind) {
    var query = box.value.trim();
    try {
      history[kind](null, "", query ? "?q=" + encodeURIComponent(query) : location.pathname);
    } catch (error) { /* some browsers refuse it for files on disk */ }
  }
  var soon = 0;
  box.addEventListener("input", function () {
    clearTimeout(soon);
    soon = setTimeout(function () { search(); toAddress("replaceState"); }, 120);
  });
  box.addEventListener("focus", load);
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    clearTimeout(soon);
    search();
    toAddress("pushState");
  });
  addEventListener("popstate", fromAddress);
  // Arrow keys walk from the box through the results and back.
  document.addEventListener("keydown", function (event) {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    var stops = [box].concat(Array.from(results.querySelectorAll("h3 a")));
    var here = stops.indexOf(document.activeElement);
    var there = stops[here + (event.key === "ArrowDown" ? 1 : -1)];
    if (here < 0 || !there) return;
    event.preventDefault();
    there.focus();
  });
  fromAddress();
  if (!box.value && !matchMedia("(pointer: coarse)").matches) box.focus();
})();
