// Put into every page by "digest serve": hears of builds, and never is part of the site itself.
(function () {
  "use strict";
  var own = document.currentScript;
  var token = own.src.slice(own.src.indexOf("?") + 1);
  var since = Number(own.dataset.build);
  var missing = "missing" in own.dataset;
  var placeKey = "digest-preview-place";
  var closedKey = "digest-preview-closed";
  var source = null;
  var host = null;
  var leaving = false;
  var asked = false;
  var twin = digestTwin(own);

  function remember(store, key, value) {
    try { store.setItem(key, value); } catch (refused) { /* no storage: nothing is kept */ }
  }
  function recall(store, key) {
    try { return store.getItem(key); } catch (refused) { return null; }
  }

  // ---- the reader's place -------------------------------------------------------------------
  // An element at the top of the window that is there after the build too, and how far above or
  // below the window's edge it stands: what was added or removed above it moves nothing.
  function nameOf(element) {
    if (element.id) return "#" + element.id;
    return element.tagName + " " + (element.getAttribute("href") || element.textContent).slice(0, 200);
  }
  function landmarks() {
    return document.querySelectorAll("main [id], main h1, main h2, main h3, main h4, main a[href], main p");
  }
  function place() {
    var best = null;
    if (scrollY > 0) {
      landmarks().forEach(function (element) {
        var top = element.getBoundingClientRect().top;
        if (top >= 0 && (!best || top < best.top)) best = { name: nameOf(element), top: top };
      });
    }
    return { path: location.pathname + location.search, x: scrollX, y: scrollY, mark: best };
  }
  function goBack() {
    var kept = JSON.parse(recall(sessionStorage, placeKey) || "null");
    if (!kept || kept.path !== location.pathname + location.search) return;
    try { sessionStorage.removeItem(placeKey); } catch (refused) { return; }
    var moved = false;
    function go() {
      if (moved) return;
      var y = kept.y;
      if (kept.mark) {
        var same = Array.prototype.filter.call(landmarks(), function (element) {
          return nameOf(element) === kept.mark.name;
        });
        // Of several that are called the same, the one that stands nearest to where it stood.
        same = same.map(function (element) {
          return element.getBoundingClientRect().top + scrollY - kept.mark.top;
        }).sort(function (a, b) { return Math.abs(a - kept.y) - Math.abs(b - kept.y); });
        if (same.length) y = same[0];
      }
      scrollTo({ left: kept.x, top: y, behavior: "instant" });
    }
    ["wheel", "touchmove", "keydown", "pointerdown"].forEach(function (kind) {
      addEventListener(kind, function () { moved = true; }, { once: true, passive: true });
    });
    go();
    addEventListener("load", function () { go(); requestAnimationFrame(go); });
  }

  // ---- what a build asks for ----------------------------------------------------------------
  function reload() {
    if (leaving) return;
    leaving = true;
    if (source) source.close();
    remember(sessionStorage, placeKey, JSON.stringify(place()));
    location.reload();
  }
  // What of the page reads otherwise is put in its place, where that is certain to make the same page
  // as loading it; that takes a tenth of the time, and what is typed or unfolded stays.
  function renew(may) {
    if (!may || missing || !twin) { reload(); return; }
    if (asked) { asked = "again"; return; }
    asked = "once";
    fetch(location.pathname + location.search, { cache: "no-store", headers: { Accept: "text/html" } })
      .then(function (answer) { return answer.ok ? answer.text() : Promise.reject(); })
      .then(function (text) {
        if (!twin.follow(text)) { reload(); return; }
        var more = asked === "again";
        asked = false;
        if (more) renew(may);
      })
      .catch(reload);
  }
  function shows(files) {
    if (files === null) return true;
    return performance.getEntriesByType("resource").some(function (entry) {
      var url = new URL(entry.name);
      return url.origin === location.origin
        && files.indexOf(decodeURIComponent(url.pathname).slice(1)) >= 0;
    });
  }
  function restyle(styles, build) {
    document.querySelectorAll('link[rel="stylesheet"]').forEach(function (link) {
      var url = new URL(link.href);
      var path = decodeURIComponent(url.pathname).slice(1);
      if (url.origin !== location.origin || styles.indexOf(path) < 0) return;
      var fresh = link.cloneNode();
      url.searchParams.set("preview", build);
      fresh.href = url.href;
      // The old one stays until the new one is there, so that the page is never without.
      fresh.addEventListener("load", function () { link.remove(); });
      fresh.addEventListener("error", function () { fresh.remove(); });
      link.after(fresh);
    });
  }
  // Pages that a build would do without: said on the page itself, and beside links to it. In shadow
  // trees, so that the theme's styles change nothing of it, and nothing of it the theme.
  function badge(words, large) {
    var host = document.createElement("digest-preview-mark");
    var root = host.attachShadow({ mode: "open" });
    var style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = "/_preview/mark.css";
    root.append(style, make("span", large ? "mark large" : "mark", words));
    return host;
  }
  function pathOf(url) {
    var path = decodeURIComponent(url.pathname).slice(1);
    return path === "" || path.endsWith("/") ? path + "index.html" : path;
  }
  function label(waiting) {
    document.querySelectorAll("digest-preview-mark").forEach(function (old) { old.remove(); });
    if (!waiting.length) return;
    var why = new Map(waiting);
    var here = why.get(pathOf(location));
    var title = document.querySelector("main h1");
    if (here && title) title.before(badge(here + ": shown in this preview alone", true));
    document.querySelectorAll("main a[href]").forEach(function (link) {
      if (link.origin !== location.origin || link.hash || !link.textContent.trim()) return;
      var words = why.get(pathOf(link));
      if (words) link.append(" ", badge(words, false));
    });
  }
  function hear(event) {
    var said = JSON.parse(event.data);
    var news = said.build > since;
    since = said.build;
    if (news && shows(said.files)) {
      reload();
      return;
    }
    if (news && said.reload) renew(said.patch);
    if (leaving) return;
    if (said.styles.length) restyle(said.styles, said.build);
    show(said.failures, said.mark);
    label(said.waiting);
  }

  // ---- what is broken -----------------------------------------------------------------------
  function make(tag, name, text) {
    var element = document.createElement(tag);
    element.className = name;
    if (text) element.textContent = text;
    return element;
  }
  function close(mark) {
    remember(localStorage, closedKey, mark);
    if (host) host.remove();
    host = null;
  }
  function show(failures, mark) {
    if (host && host.dataset.mark === mark) return;
    if (host) host.remove();
    host = null;
    if (!failures.length || recall(localStorage, closedKey) === mark) return;
    host = document.createElement("digest-preview");
    host.dataset.mark = mark;
    var root = host.attachShadow({ mode: "open" });
    var style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = "/_preview/client.css";
    var box = make("section", "box");
    box.setAttribute("role", "alertdialog");
    box.setAttribute("aria-label", "The preview is broken");
    var head = make("header", "head");
    head.append(make("h1", "", failures.length === 1 ? "Something is broken" : failures.length + " things are broken"));
    var button = make("button", "close", "Close");
    button.type = "button";
    button.addEventListener("click", function () { close(mark); });
    head.append(button);
    box.append(head);
    failures.forEach(function (failure) { box.append(tell(failure)); });
    var foot = make("p", "foot", "The site behind this is the last good one. This goes away when it is mended; Esc closes it. ");
    var link = make("a", "", "All builds and problems");
    link.href = "/_preview";
    foot.append(link);
    box.append(foot);
    root.append(style, box);
    // Outside of <body>, so that nothing of the page's own touches it.
    document.documentElement.append(host);
  }
  function tell(failure) {
    var part = make("article", "failure");
    if (failure.path) {
      part.append(make("p", "place", failure.path + (failure.line ? ":" + failure.line : "")));
    }
    part.append(make("p", "message", failure.message));
    if (failure.context.length) {
      var lines = make("pre", "context");
      failure.context.forEach(function (entry) {
        var line = make("span", entry[0] === failure.line ? "line here" : "line");
        line.append(make("span", "number", String(entry[0])), entry[1] + "\n");
        lines.append(line);
      });
      part.append(lines);
    }
    if (failure.hint) part.append(make("p", "hint", failure.hint));
    return part;
  }
  addEventListener("keydown", function (event) {
    if (event.key === "Escape" && host) close(host.dataset.mark);
  });

  // ---- listening ----------------------------------------------------------------------------
  // Only while the page is seen: a browser has six connections to a server, and many tabs.
  function listen() {
    if (leaving || document.visibilityState === "hidden") return;
    if (source && source.readyState !== EventSource.CLOSED) return;
    var query = new URLSearchParams({ token: token, path: location.pathname, since: since });
    if (missing) query.set("missing", "1");
    source = new EventSource("/_preview/events?" + query);
    source.onmessage = hear;
    source.onerror = function () {
      // Refused: the server was started anew since, and this page is of the run before.
      if (source.readyState === EventSource.CLOSED) setTimeout(reloadIfServed, 1000);
    };
  }
  function reloadIfServed() {
    fetch(location.href, { method: "HEAD" }).then(reload, function () { setTimeout(listen, 2000); });
  }
  function silence() {
    if (source) source.close();
    source = null;
  }
  document.addEventListener("visibilitychange", function () {
    if (document.visibilityState === "hidden") silence(); else listen();
  });
  addEventListener("pagehide", silence);
  addEventListener("pageshow", function (event) { if (event.persisted) listen(); });
  goBack();
  listen();
})();
