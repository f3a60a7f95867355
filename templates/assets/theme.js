// Loaded in <head>, before anything is painted: the chosen theme must not flash.
(function () {
  "use strict";
  var root = document.documentElement;
  var KEY = "digest-theme";
  root.classList.add("scripted");

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
    function say() { button.setAttribute("aria-pressed", String(isDark())); }
    button.hidden = false;
    say();
    button.addEventListener("click", function () {
      var theme = isDark() ? "light" : "dark";
      wear(theme);
      remember(theme);
      say();
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", say);
    addEventListener("storage", function (event) {
      if (event.key === KEY) { wear(event.newValue); say(); }
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

  function copy(pre, done) {
    function select() {
      var range = document.createRange();
      range.selectNodeContents(pre);
      var selection = getSelection();
      selection.removeAllRanges();
      selection.addRange(range);
      done(document.execCommand("copy"));
    }
    if (!navigator.clipboard) { select(); return; }
    navigator.clipboard.writeText(pre.textContent).then(function () { done(true); }, select);
  }

  function addCopyButtons() {
    document.querySelectorAll("pre[data-copy]").forEach(function (pre) {
      var button = document.createElement("button");
      var said = document.createElement("span");
      button.type = "button";
      button.className = "copy";
      button.textContent = "Copy";
      said.className = "copy-said";
      said.setAttribute("role", "status");
      button.addEventListener("click", function () {
        copy(pre, function (worked) {
          said.textContent = worked ? "Copied" : "Selected: press Ctrl+C";
          setTimeout(function () { said.textContent = ""; }, 3000);
        });
      });
      pre.after(button, said);
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
    addCopyButtons();
  });
})();
