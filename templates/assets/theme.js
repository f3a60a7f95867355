// Loaded in <head>, before anything is painted: the chosen theme must not flash.
(function () {
  "use strict";
  var root = document.documentElement;
  var KEY = "digest-theme";
  root.classList.add("scripted");

  // Texts of the interface, here and in all scripts. They stand in English where they are said;
  // assets/words.js, which only sites in another language have, holds what is said there instead:
  // under each text, or for a number under its singular, a text for each form of the plural.
  var words = window.digestWords || {};
  var plural = window.Intl && Intl.PluralRules ? new Intl.PluralRules(root.lang || "en") : null;
  // Digits as the pages have them.
  var digits = (root.lang || "en") + "-u-nu-latn";
  function fill(text, values) {
    return text.replace(/\{(\w+)\}/g, function (all, name) {
      var value = values && values[name];
      if (value === undefined) return all;
      return typeof value === "number" ? value.toLocaleString(digits, { useGrouping: "always" }) : value;
    });
  }
  function say(text, values) {
    return fill(typeof words[text] === "string" ? words[text] : text, values);
  }
  function many(one, other, n, values) {
    var forms = words[one];
    var form = plural ? plural.select(n) : n === 1 ? "one" : "other";
    var text = forms && typeof forms === "object" ? forms[form] || forms.other : form === "one" ? one : other;
    return fill(text, Object.assign({ n: n }, values));
  }
  window.digestSay = say;
  window.digestMany = many;

  function recall() {
    try { return localStorage.getItem(KEY); } catch (error) { return null; }
  }
  function remember(theme) {
    try { localStorage.setItem(KEY, theme); } catch (error) { /* private window: lasts for the page */ }
  }
  function wear(theme) {
    if (theme === "light" || theme === "dark") root.setAttribute("data-theme", theme);
  }
  wear(recall());

  function isDark() {
    var worn = root.getAttribute("data-theme");
    return worn ? worn === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  }

  function addSwitch() {
    var button = document.querySelector("[data-theme-switch]");
    if (!button) return;
    function tell() { button.setAttribute("aria-pressed", String(isDark())); }
    tell();
    button.addEventListener("click", function () {
      var theme = isDark() ? "light" : "dark";
      wear(theme);
      remember(theme);
      tell();
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", tell);
    addEventListener("storage", function (event) {
      if (event.key === KEY) { wear(event.newValue); tell(); }
    });
  }

  // "/" goes to the search box, unless somebody is typing.
  function addSlash() {
    var box = document.querySelector("[data-slash]");
    document.addEventListener("keydown", function (event) {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
      var at = event.target;
      if (at.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(at.tagName)) return;
      if (box && box.offsetParent) {
        event.preventDefault();
        box.focus();
        box.select();
      } else {
        var link = document.querySelector(".nav-search a");
        if (link) { event.preventDefault(); link.click(); }
      }
    });
  }

  // A formula a little too wide becomes smaller; one that is far too wide scrolls, and shows so.
  // What scrolls must be reached by the keyboard too; the rest would only be in the way.
  function fitWideThings() {
    var boxes = Array.from(document.querySelectorAll("math, .prose pre, .prose table"));
    var isWide = function (box) { return box.scrollWidth > box.clientWidth + 1; };
    boxes.forEach(function (box) { box.style.removeProperty("font-size"); });
    boxes.filter(isWide).map(function (box) {
      return [box, box.clientWidth / box.scrollWidth];
    }).forEach(function (wide) {
      if (wide[0].localName === "math" && wide[1] >= 0.8) {
        wide[0].style.fontSize = Math.floor(wide[1] * 98) + "%";
      }
    });
    boxes.map(function (box) { return [box, isWide(box)]; }).forEach(function (known) {
      known[0].classList.toggle("wide", known[1]);
      if (known[1] && !known[0].closest("a")) known[0].setAttribute("tabindex", "0");
      else known[0].removeAttribute("tabindex");
    });
  }

  // Measures hold only once the styles are there, for which "load" waits.
  addEventListener("load", fitWideThings);
  addEventListener("resize", fitWideThings);
  document.addEventListener("DOMContentLoaded", function () {
    addSwitch();
    addSlash();
  });
})();
