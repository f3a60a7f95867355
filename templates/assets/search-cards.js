// Draws what a search found. Everything read is put on the page as text; formulas are built anew from
// a list of elements that are known.
(function () {
  "use strict";
  const us = window.digestSearch, say = digestSay;
  const LONGEST = 420, BEFORE = 120;
  const MATHML = "http://www.w3.org/1998/Math/MathML";
  const MATH = /^(?:math|m(?:[ino]|text|space|row|su[bp]|subsup|frac|sqrt|root|over|under|underover|table|t[rd]|style|padded|phantom|enclose|multiscripts|prescripts|error)|semantics)$/;
  const TEXT = /^(?:em|strong|i|b|su[bp]|code)$/;
  const KEPT = /^(?:mathvariant|stretchy|fence|separator|form|symmetric|largeop|movablelimits|accent|accentunder|[lr]space|width|height|depth|column(?:align|spacing)|row(?:align|spacing)|displaystyle|scriptlevel|m(?:in|ax)size|linethickness|dir)$/;
  const LEFT_OUT = /^(?:annotation|script|style|template)/;
  const LANGUAGE = document.documentElement.lang || "en";
  // As the pages themselves have dates: with the day first in English, and always in these digits.
  const TONGUE = (/^en/.test(LANGUAGE) ? "en-GB" : LANGUAGE) + "-u-ca-gregory-nu-latn";
  const STOP = /[.!?]["”’»)\]]*(?=\s+[^\p{Ll}\s])|[。！？]/gu;
  const ABBREVIATED = /(?:^|[\s(])(?:al|cf|vs|e\.g|i\.e|Figs?|Eqs?|Secs?|Dr|St|resp|approx|\p{Lu})\.$/u;

  us.element = function (tag, attributes, ...children) {
    const made = document.createElement(tag);
    for (const name in attributes) made.setAttribute(name, attributes[name]);
    made.append(...children);
    return made;
  };
  const element = us.element;

  function safe(node) {
    if (node.nodeType === 3) return node.data;
    const name = node.localName, holder = document.createDocumentFragment();
    if (!name || LEFT_OUT.test(name)) return holder;
    const made = MATH.test(name) ? document.createElementNS(MATHML, name) : TEXT.test(name) ? document.createElement(name) : holder;
    if (made.namespaceURI === MATHML) {
      for (const { name: about, value } of node.attributes) if (KEPT.test(about)) made.setAttribute(about, value);
    }
    made.append(...Array.from(node.childNodes, safe));
    return made;
  }
  // HTML is parsed in a document of its own, where nothing of it runs or loads.
  const written = (text, html) => html ? safe(new DOMParser().parseFromString(html, "text/html").body) : text;

  const isFormula = (node) => node.localName === "math";
  // What stands in `holder`, in order: texts, and formulas as a whole.
  function leaves(holder, found = []) {
    holder.childNodes.forEach((node) => { if (node.nodeType === 3 || isFormula(node)) found.push(node); else leaves(node, found); });
    return found;
  }
  const read = (leaf) => isFormula(leaf) ? "\ufffc" : leaf.data;

  function marked(holder, words) {
    for (const node of leaves(holder)) {
      if (isFormula(node)) continue;
      const text = node.data, made = [];
      let at = 0;
      for (const [start, end] of us.spans(text, words)) {
        made.push(text.slice(at, start), element("mark", {}, text.slice(start, end)));
        at = end;
      }
      if (at) node.replaceWith(...made, text.slice(at));
    }
    return holder;
  }
  // Where the sentence stands that has most of the words, the first of these.
  function bestSentence(text, words) {
    const spans = us.spans(text, words), ends = [];
    for (const stop of text.matchAll(STOP)) {
      const end = stop.index + stop[0].length;
      if (!ABBREVIATED.test(text.slice(Math.max(0, stop.index - 8), stop.index + 1))) ends.push(end);
    }
    let best = [0, 0], most = -1, start = 0, at = 0;
    for (const end of ends.concat(text.length)) {
      const first = spans[at], seen = new Set();
      while (at < spans.length && spans[at][0] < end) {
        seen.add(us.fold(text.slice(...spans[at])));
        at++;
      }
      if (seen.size > most && text.slice(start, end).trim()) {
        most = seen.size;
        best = [start, end];
        // Of what has no end, a window.
        if (end - start > LONGEST) {
          const from = seen.size && first[0] - start > LONGEST - BEFORE ? text.indexOf(" ", first[0] - BEFORE) + 1 : start;
          best = [from, Math.min(end, Math.max(from, text.lastIndexOf(" ", from + LONGEST)) || end)];
          if (best[1] <= from) best[1] = Math.min(end, from + LONGEST);
        }
      }
      start = end;
    }
    return best;
  }
  // Leaves of the text the best sentence alone, its words marked.
  us.quote = function (holder, words) {
    const all = leaves(holder), text = all.map(read).join("");
    const [start, end] = bestSentence(text, words);
    let at = 0;
    for (const leaf of all) {
      const length = read(leaf).length, from = Math.max(0, start - at), to = Math.min(length, end - at);
      at += length;
      if (to <= from) leaf.remove();
      else if (leaf.data) leaf.data = leaf.data.slice(from, to);
    }
    if (end < text.trimEnd().length && end - start >= LONGEST - BEFORE && !/[.!?。！？]\S?$/.test(text.slice(0, end))) holder.append(" …");
    holder.hidden = !text.trim();
    return marked(holder, words);
  };
  us.dated = function (date) {
    const [, year, month, day] = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/.exec(date) || [];
    if (!year) return date;
    const made = new Date(Date.UTC(+year, (month || 1) - 1, +(day || 1)));
    made.setUTCFullYear(+year);
    return made.toLocaleDateString(TONGUE, { timeZone: "UTC", year: "numeric", month: month ? "long" : undefined, day: day ? "numeric" : undefined });
  };

  us.drawn = function (card, words, root) {
    const [title, text] = card.html || [], facts = element("ul", { class: "facts" });
    const fact = (kind, ...of) => facts.append(element("li", { class: kind }, ...of));
    const lead = element("p", { class: "lead", dir: "auto" }, written(card.text, text));
    if (card.people) fact("byline", marked(element("span", {}, card.people), words));
    if (card.date) fact("when", element("time", { datetime: card.date }, us.dated(card.date)));
    if (card.venue) fact("", card.venue);
    if (/^https?:/.test(card.code)) {
      fact("", element("a", { href: card.code, rel: "external noopener", "aria-label": say("Code of this paper") }, say("Code")));
    }
    return element("article", { class: "entry", "data-result": "" },
      element("h3", { class: "entry-title", dir: "auto" },
        marked(element("a", { href: root + "papers/" + encodeURIComponent(card.path) + ".html" }, written(card.title, title)), words)),
      us.quote(lead, words),
      facts.firstChild ? facts : "",
      card.tags.length ? element("ul", { class: "chips", "aria-label": say("Tags") }, ...card.tags.map(([slug, name]) =>
        element("li", {}, element("a", { class: "chip", href: root + "tags/" + encodeURIComponent(slug) + ".html" }, name)))) : "");
  };
})();
