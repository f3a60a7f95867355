// The forms of a citation, made of the ScholarlyArticle that a paper's page holds as data: one copy
// of what is cited serves four forms. digest/website/citation_forms.py makes the same texts.
(function () {
  "use strict";
  var DERIVED = "Title derived from the abstract";
  // Kind of paper: in RIS, in CSL-JSON and in BibTeX.
  var KINDS = {
    Periodical: ["JOUR", "article-journal", "article"],
    Book: ["CONF", "paper-conference", "inproceedings"],
    arXiv: ["UNPB", "article", "misc"],
    none: ["GEN", "document", "misc"]
  };

  function fold(text) { return text.split(/\s+/).filter(Boolean).join(" "); }
  function closed(text) { return !text || /[.?!]$/.test(text) ? text : text + "."; }
  function identifier(data, start) {
    var found = (data.identifier || []).find(function (one) { return one.startsWith(start); });
    return found ? found.slice(start.length) : "";
  }

  function read(data) {
    var held = data.isPartOf || {};
    var eprint = identifier(data, "arXiv:");
    return {
      key: data["@id"].slice(1),
      kind: KINDS[held["@type"] || (eprint ? "arXiv" : "none")],
      title: data.headline || data.alternativeHeadline || "",
      derived: data.alternativeHeadline ? DERIVED : "",
      names: (data.author || []).map(function (one) {
        return one.givenName ? [one.familyName || "", one.givenName] : [one.name || "", ""];
      }),
      date: data.datePublished || "",
      held: held.name || "",
      reference: held.description || "",
      doi: identifier(data, "doi:"),
      eprint: eprint,
      url: data.url || "",
      at: data.sameAs || data.url || ""
    };
  }

  function whole(name) { return name[1] ? name[0] + ", " + name[1] : name[0]; }

  function ris(c) {
    var date = c.date.split("-").concat("", "");
    var rows = [["TY", c.kind[0]]].concat(c.names.map(function (name) { return ["AU", whole(name)]; }), [
      ["TI", c.title], ["PY", date[0]], ["DA", c.date && date.slice(0, 3).join("/") + "/"],
      ["T2", c.held], ["DO", c.doi], ["AN", c.eprint && "arXiv:" + c.eprint], ["UR", c.url],
      ["N1", c.reference], ["N1", c.derived], ["ID", c.key]
    ]);
    return rows.filter(function (row) { return row[1]; }).map(function (row) {
      return row[0] + "  - " + fold(row[1]) + "\r\n";
    }).join("") + "ER  - \r\n";
  }

  function csl(c) {
    var item = {
      id: c.key,
      type: c.kind[1],
      title: c.title,
      author: c.names.length && c.names.map(function (name) {
        return name[1] ? { family: name[0], given: name[1] } : { literal: name[0] };
      }),
      issued: c.date && { "date-parts": [c.date.split("-").map(Number)] },
      "container-title": c.held,
      publisher: c.kind === KINDS.arXiv ? "arXiv" : "",
      number: c.eprint && "arXiv:" + c.eprint,
      DOI: c.doi,
      URL: c.url,
      note: [c.reference, c.derived].filter(Boolean).join("; ")
    };
    Object.keys(item).forEach(function (name) { if (!item[name]) delete item[name]; });
    return item;
  }

  // "Jean-Luc M." becomes "J.-L. M."
  function initials(given) {
    return given.split(/\s+/).filter(Boolean).map(function (name) {
      var letters = name.split("-").map(function (part) { return part.match(/\p{L}/u); });
      return letters.filter(Boolean).map(function (found) { return found[0] + "."; }).join("-") || name;
    }).join(" ");
  }

  function reference(c) {
    var names = c.names.map(function (name) {
      return name[1] ? name[0] + ", " + initials(name[1]) : name[0];
    });
    var last = names[names.length - 1] || "";
    var said = names.length > 20 ? names.slice(0, 19).join(", ") + ", \u2026 " + last
      : names.length > 1 ? names.slice(0, -1).join(", ") + ", & " + last : last;
    var year = "(" + (c.date.slice(0, 4) || "n.d.") + ").";
    var title = closed(c.title);
    var where = c.reference || c.held || (c.eprint && "arXiv:" + c.eprint);
    var begin = said ? [closed(said), year, title] : [title, year];
    return fold(begin.concat(closed(where), c.at).join(" "));
  }

  function bibtex(c) {
    var fields = [
      ["title", "{" + c.title.replace(/[{}]/g, "") + "}"],
      ["author", c.names.map(whole).join(" and ")],
      ["year", c.date.slice(0, 4)], ["month", c.date.slice(5, 7).replace(/^0/, "")],
      [c.kind[2] === "article" ? "journal" : "booktitle", c.held], ["doi", c.doi],
      ["eprint", c.eprint], ["archiveprefix", c.eprint && "arXiv"], ["url", c.url],
      ["note", [c.reference, c.derived].filter(Boolean).join("; ")]
    ];
    return "@" + c.kind[2] + "{" + c.key + ",\n" + fields.filter(function (field) {
      return field[1];
    }).map(function (field) {
      var bare = field[0] === "title" ? field[1] : field[1].replace(/[{}]/g, "");
      var literal = /^(?:doi|url|eprint)$/.test(field[0]);
      return "  " + field[0] + " = {" + (literal ? bare : bare.replace(/[%&#]/g, "\\$&")) + "},\n";
    }).join("") + "}\n";
  }

  // All forms of a ScholarlyArticle. The page's own BibTeX keeps the formulas of the source, this
  // one is for papers whose page is not at hand.
  window.digestCite = function (data) {
    var c = read(data);
    return { bibtex: bibtex(c), ris: ris(c), csl: csl(c), reference: reference(c) };
  };

  // Without a clipboard (an old browser, a page that is not served safely) the text is shown, and
  // selected where the browser cannot copy it either.
  window.digestCopy = function (text, pre, done) {
    function select() {
      var range = document.createRange();
      var selection = getSelection();
      var fold = pre.closest("details");
      if (fold) fold.open = true;
      pre.textContent = text;
      range.selectNodeContents(pre);
      selection.removeAllRanges();
      selection.addRange(range);
      done(document.execCommand("copy"));
    }
    if (!navigator.clipboard) select();
    else navigator.clipboard.writeText(text).then(function () { done(true); }, select);
  };

  document.addEventListener("DOMContentLoaded", function () {
    var holder = document.getElementById("citation");
    var pre = document.getElementById("bibtex");
    var said = document.querySelector(".copy-said");
    if (!holder || !pre || !said) return;
    var own = pre.textContent, timer = 0;
    document.querySelectorAll("[data-cite]").forEach(function (button) {
      button.addEventListener("click", function () {
        var form = button.getAttribute("data-cite");
        var made = form === "bibtex" ? own : window.digestCite(JSON.parse(holder.textContent))[form];
        var text = typeof made === "string" ? made : JSON.stringify([made], null, 2);
        window.digestCopy(text, pre, function (worked) {
          said.textContent = worked ? digestSay("Copied") : digestSay("Selected: press Ctrl+C");
          clearTimeout(timer);
          timer = setTimeout(function () { said.textContent = ""; }, 3000);
        });
      });
    });
  });
})();
