// Part of the preview's client: the page as its source has it, kept beside the one that is shown. What
// differs in a newer source is done to both. Where it is not certain that this makes the same page as
// loading it would, nothing is done, and the page is to be loaded.
function digestTwin(own) {
  "use strict";
  // Scripts that look at what is patched when they are used, and not once when the page is loaded.
  var KNOWN = /^\/(?:.*\/)?assets\/(?:theme|reading|cite|words)\.js$/;
  // What scripts hold on to, or remember from when the page was loaded.
  var HELD = "pre, form, nav, dialog, details > summary, article.entry, [data-slug], [data-actions], [data-results]";
  // Nodes that may come and go: text and what marks it up.
  var PROSE = /^(?:#text|#comment|P|EM|STRONG|B|I|U|S|A|SPAN|Q|BR|HR|SUP|SUB|CODE|KBD|VAR|ABBR|CITE|TIME|MARK|SMALL|DEL|INS|BDI|BDO|UL|OL|LI|DL|DT|DD|H[1-6]|BLOCKQUOTE|FIGURE|FIGCAPTION|IMG|TABLE|CAPTION|THEAD|TBODY|TR|TH|TD)$/;
  var MATHS = "http://www.w3.org/1998/Math/MathML";
  var PLAIN = /^(?:class|dir|lang|title|href|id|datetime|src|alt|width|height|start|rowspan|colspan|scope|role|aria-.*)$/;
  var DATA = /^(?:TITLE|META|LINK|SCRIPT)$/;
  var MOST = 20000;

  function elements(node) { return Array.from(node.children); }
  function foreign() {
    return Array.from(document.scripts).some(function (script) {
      if (script === own || script.type === "application/ld+json") return false;
      return !script.src || !KNOWN.test(new URL(script.src).pathname);
    });
  }
  if (foreign() || document.getElementsByTagName("*").length > MOST) return null;

  // This runs before any other script touches what it copies.
  var shownBy = new Map();
  function pair(kept, shown) {
    shownBy.set(kept, shown);
    for (var a = kept.firstChild, b = shown.firstChild; a; a = a.nextSibling, b = b.nextSibling) pair(a, b);
  }
  function copy(shown) {
    var kept = shown.cloneNode(true);
    pair(kept, shown);
    return kept;
  }
  var head = copy(document.head);
  var body = copy(document.body);
  elements(head).forEach(function (child) { if (shownBy.get(child) === own) child.remove(); });

  function Unsure() { /* thrown where the page must be loaded */ }
  function sure(that) { if (!that) throw new Unsure(); }

  function isProse(node) {
    if (node.nodeType !== 1) return PROSE.test(node.nodeName);
    if (node.namespaceURI !== MATHS && !PROSE.test(node.nodeName)) return false;
    return (node.namespaceURI === MATHS || node.getAttributeNames().every(function (name) { return PLAIN.test(name); }))
      && Array.from(node.childNodes).every(isProse);
  }
  // Whether a script changed nothing of what is shown.
  function isUntouched(kept) {
    var shown = shownBy.get(kept);
    return shown && shown.nodeName === kept.nodeName && shown.childNodes.length === kept.childNodes.length
      && (kept.nodeType === 1 || shown.data === kept.data)
      && Array.from(kept.childNodes).every(function (child, at) {
        return shownBy.get(child) === shown.childNodes[at] && isUntouched(child);
      });
  }

  // Each finds out what is to be done, and does nothing yet.
  function write(kept, text, acts) {
    var shown = shownBy.get(kept);
    sure(shown && shown.isConnected && shown.data === kept.data);
    acts.push(function () { kept.data = shown.data = text; });
  }
  function describe(kept, fresh, acts) {
    var shown = shownBy.get(kept);
    new Set(kept.getAttributeNames().concat(fresh.getAttributeNames())).forEach(function (name) {
      var value = fresh.getAttribute(name);
      if (kept.getAttribute(name) === value) return;
      sure(shown && shown.isConnected && PLAIN.test(name) && name !== "id"
        && shown.getAttribute(name) === kept.getAttribute(name));
      acts.push(function () {
        [kept, shown].forEach(function (one) {
          if (value === null) one.removeAttribute(name); else one.setAttribute(name, value);
        });
      });
    });
  }
  function replace(parent, before, gone, come, acts) {
    var shown = shownBy.get(parent);
    sure(shown && shown.isConnected && gone.every(isProse) && come.every(isProse) && gone.every(isUntouched));
    sure(gone.concat(before || []).every(function (kept) { return shownBy.get(kept).parentNode === shown; }));
    acts.push(function () {
      var at = { kept: before ? before.nextSibling : parent.firstChild,
                 shown: before ? shownBy.get(before).nextSibling : shown.firstChild };
      if (gone.length) at = { kept: gone[gone.length - 1].nextSibling,
                              shown: shownBy.get(gone[gone.length - 1]).nextSibling };
      come.forEach(function (node) {
        var kept = document.importNode(node, true), made = document.importNode(node, true);
        pair(kept, made);
        parent.insertBefore(kept, at.kept);
        shown.insertBefore(made, at.shown);
      });
      gone.forEach(function (kept) { shownBy.get(kept).remove(); kept.remove(); });
    });
  }
  function compare(kept, fresh, acts) {
    if (kept.isEqualNode(fresh)) return;
    sure(kept.nodeName === fresh.nodeName);
    if (kept.nodeType !== 1) { write(kept, fresh.data, acts); return; }
    sure(!kept.matches(HELD));
    describe(kept, fresh, acts);
    var old = Array.from(kept.childNodes), young = Array.from(fresh.childNodes);
    var start = 0, end = 0, most = Math.min(old.length, young.length);
    while (start < most && old[start].isEqualNode(young[start])) start += 1;
    while (end < most - start && old[old.length - 1 - end].isEqualNode(young[young.length - 1 - end])) end += 1;
    var before = start ? old[start - 1] : null;
    old = old.slice(start, old.length - end);
    young = young.slice(start, young.length - end);
    var alike = old.length === young.length
      && old.every(function (node, at) { return node.nodeName === young[at].nodeName; });
    if (alike) old.forEach(function (node, at) { compare(node, young[at], acts); });
    else replace(kept, before, old, young, acts);
  }
  // What the head says of the page to other programs; what it asks the browser for stays the same.
  function compareHeads(fresh, acts) {
    var old = elements(head), young = elements(fresh);
    sure(old.length === young.length);
    old.forEach(function (kept, at) {
      var other = young[at];
      if (kept.isEqualNode(other)) return;
      sure(kept.nodeName === other.nodeName && DATA.test(kept.nodeName) && !kept.httpEquiv && !other.httpEquiv);
      var shown = shownBy.get(kept), type = kept.getAttribute("type");
      if (kept.nodeName === "LINK") sure(kept.rel === other.rel && /^(?:canonical|alternate)$/.test(kept.rel));
      if (kept.nodeName === "SCRIPT") sure(type === "application/ld+json" && type === other.getAttribute("type"));
      sure(shown && shown.isConnected);
      acts.push(function () {
        [kept, shown].forEach(function (one) {
          other.getAttributeNames().forEach(function (name) { one.setAttribute(name, other.getAttribute(name)); });
          one.textContent = other.textContent;
        });
      });
    });
  }

  // Become what `text` says; false, and nothing is done, where the page is to be loaded for that.
  function follow(text) {
    var fresh = new DOMParser().parseFromString(text, "text/html"), acts = [];
    var root = document.documentElement;
    try {
      sure(["lang", "dir"].every(function (name) {
        return root.getAttribute(name) === fresh.documentElement.getAttribute(name);
      }));
      compareHeads(fresh.head, acts);
      compare(body, fresh.body, acts);
    } catch (error) {
      if (error instanceof Unsure) return false;
      throw error;
    }
    acts.forEach(function (act) { act(); });
    // Formulas and tables are fitted to the window again.
    if (acts.length) dispatchEvent(new Event("resize"));
    return true;
  }
  return { follow: follow };
}
