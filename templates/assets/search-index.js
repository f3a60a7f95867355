// Reads the index in data/search/ (docs/search-format.md). Its parts are scripts, loaded as queries
// need them, so that search also works from a folder on disk.
//
//   digestSearch.open(base, mark) -> META
//   digestSearch.cards(slots), digestSearch.facets(result)
//
// All are promises. They fail with an error whose `kind` is "stale" where the site has changed since
// the page was loaded, and "missing" where a file cannot be had.
(function () {
  "use strict";
  const us = window.digestSearch;
  const FORMAT = 1, LAST_PLACE = 58, LISTS = 300;
  let base = "", meta = null, opening = null;
  const waiting = new Map(), values = new Map(), lists = new Map(), linesKept = new Map();

  function fault(kind, message) { return Object.assign(new Error(message), { kind }); }
  // The files hand over their values by these two.
  us.index = (value) => { us.meta = meta = value; };
  us.load = (name, mark, value) => { const asked = waiting.get(name); if (asked) asked.got = [mark, value]; };
  function script(name, mark, tries) {
    return new Promise((resolve, reject) => {
      const made = document.createElement("script");
      made.src = base + name + ".js?v=" + mark;
      made.onload = () => { made.remove(); resolve(); };
      made.onerror = () => {
        made.remove();
        if (tries) script(name, mark, tries - 1).then(resolve, reject);
        else reject(fault("missing", name + " cannot be loaded"));
      };
      document.head.append(made);
    });
  }
  function part(name, mark) {
    if (values.has(name)) return null;
    const known = waiting.get(name);
    if (known) return known.done;
    const asked = { got: null, done: null };
    waiting.set(name, asked);
    asked.done = script(name, mark, 1).then(() => {
      if (!asked.got || asked.got[0] !== mark) throw fault("stale", name + " is of another build");
      values.set(name, asked.got[1]);
    }).finally(() => waiting.delete(name));
    return asked.done;
  }
  us.open = (folder, mark) => {
    if (!opening) {
      base = folder;
      opening = script("index", mark, 1).then(() => {
        if (!meta || meta.format !== FORMAT) throw fault("stale", "the index is of another version");
        return meta;
      });
      opening.catch(() => { opening = null; });
    }
    return opening;
  };
  // What is looked up is written as if all parts were at hand; a part that is not is loaded, and the
  // same is done again.
  us.need = (parts) => {
    const lacking = parts.filter(([name]) => !values.has(name));
    if (lacking.length) throw { parts: lacking };
  };
  us.fetch = (parts) => Promise.all(parts.map(([name, mark]) => part(name, mark)));
  us.loaded = async (job) => {
    for (;;) {
      try {
        return job();
      } catch (lack) {
        if (!lack.parts) throw lack;
        await us.fetch(lack.parts);
      }
    }
  };
  us.value = (name, mark) => {
    us.need([[name, mark]]);
    return values.get(name);
  };
  us.kept = (key, make) => {
    let found = lists.get(key);
    if (found === undefined) {
      found = make();
      if (lists.size >= LISTS) lists.delete(lists.keys().next().value);
      lists.set(key, found);
    }
    return found;
  };

  // Numbers: docs/search-format.md, "Numbers".
  const DIGIT = new Uint8Array(128);
  for (let code = 35, at = 0; code < 127; code++) if (code !== 92) DIGIT[code] = at++;
  function decode(text, start = 0, end = text.length) {
    const found = new Int32Array(end - start);
    let size = 0;
    for (let at = start; at < end;) {
      let number = DIGIT[text.charCodeAt(at++)];
      if (number >= 60) {
        let more = number < 89 ? 1 : number - 86;
        const least = more === 1 ? 60 : more === 3 ? 2699 : 756270;
        for (number = more === 1 ? number - 60 : 0; more; more--) number = number * 91 + DIGIT[text.charCodeAt(at++)];
        number += least;
      }
      found[size++] = number;
    }
    return found.subarray(0, size);
  }
  function risen(gaps) {
    let last = -1;
    return gaps.map((gap) => (last += gap + 1));
  }

  // Order by code point, as the lines stand.
  const point = (code) => code < 0xd800 ? code : code < 0xe000 ? code + 0x2000 : code - 0x800;
  us.compare = (one, other) => {
    const size = Math.min(one.length, other.length);
    for (let at = 0; at < size; at++) {
      const a = one.charCodeAt(at), b = other.charCodeAt(at);
      if (a !== b) return point(a) - point(b);
    }
    return one.length - other.length;
  };
  us.bisect = (size, isBefore) => {
    let low = 0, high = size;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isBefore(middle)) low = middle + 1; else high = middle;
    }
    return low;
  };
  us.partOf = (rows, term) => us.bisect(rows.length, (at) => us.compare(rows[at][0], term) <= 0) - 1;
  // Lines of a part, each as [term, rest], from the first on that is not before `term`.
  us.linesOf = (kind, number, term) => {
    const [, name, mark] = meta[kind][number], text = us.value(name, mark);
    let lines = linesKept.get(name);
    if (!lines) {
      lines = text.split("\n").map((line) => { const at = line.indexOf(" "); return [line.slice(0, at), line.slice(at + 1)]; });
      linesKept.set(name, lines);
    }
    return [lines, us.bisect(lines.length, (at) => us.compare(lines[at][0], term) < 0)];
  };
  function rest(kind, term) {
    const number = us.partOf(meta[kind], term);
    if (number < 0) return "";
    const [lines, at] = us.linesOf(kind, number, term);
    return at < lines.length && lines[at][0] === term ? lines[at][1] : "";
  }
  // Where a term stands: `slots` with their `levels`, the first of them with `places` in titles (-1
  // for none), `titled` where there is one; and the slots whose `people` bear it.
  us.postings = (term) => us.kept("w" + term, () => {
    const line = rest("words", term), sign = line.indexOf("!");
    const numbers = decode(line, 0, sign < 0 ? line.length : Math.max(0, sign - 1));
    const slots = new Int32Array(numbers.length), levels = new Uint8Array(numbers.length), places = [];
    let size = 0;
    for (let at = 0; at < numbers.length;) {
      const level = numbers[at], count = numbers[at + 1];
      at += 2;
      for (let last = -1, n = 0; n < count; n++) {
        last += numbers[at + n] + 1;
        slots[size] = last;
        levels[size++] = level;
      }
      at += count;
      if (level >= 4) for (let end = at + count; at < end; at++) places.push(numbers[at] > LAST_PLACE ? -1 : numbers[at]);
    }
    return {
      slots: slots.subarray(0, size), levels: levels.subarray(0, size), places, titled: places.some((place) => place >= 0),
      people: sign < 0 ? new Int32Array(0) : risen(decode(line, sign + 1).subarray(1))
    };
  });
  // Where in abstracts: lists of places, by slot.
  us.positions = (term) => us.kept("p" + term, () => {
    const numbers = decode(rest("positions", term)), found = new Map();
    for (let at = 0, slot = -1; at < numbers.length;) {
      slot += numbers[at] + 1;
      const end = at + 2 + numbers[at + 1];
      found.set(slot, Array.from(risen(numbers.slice(at + 2, end))));
      at = end;
    }
    return found;
  });
  us.columnParts = (names) => names.map((name) => ["column-" + name, meta.columns[name]]);
  us.column = (name) => us.kept("c" + name, () => decode(us.value(...us.columnParts([name])[0])));

  us.cards = async (slots) => {
    const numberOf = (slot) => Math.floor(slot / meta.pack);
    await us.fetch(slots.map((slot) => ["c-" + numberOf(slot), meta.cards[numberOf(slot)]]));
    return slots.map((slot) => {
      const number = numberOf(slot), { names, ...pack } = values.get("c-" + number);
      const at = us.kept("s" + number, () => risen(decode(pack.slots))).indexOf(slot - number * meta.pack);
      const tags = pack.tags[at].map((tag) => typeof names[tag] === "string" ? [us.slugged(names[tag]), names[tag]] : names[tag]);
      return {
        path: pack.paths[at], title: pack.titles[at], people: pack.people[at], date: pack.dates[at], tags,
        venue: pack.venues[at], code: pack.code[at], text: pack.texts[at], html: pack.html[at]
      };
    });
  };
  // How many of what was found have which tag, venue, year and code.
  us.facets = async (result) => {
    const names = ["tags", "venues", "years", "code"];
    await us.fetch(us.columnParts(names));
    const [of, venues, years, code] = names.map(us.column);
    const starts = us.kept("tag starts", () => {
      const found = new Int32Array(meta.slots);
      for (let slot = 0, at = 0; slot < meta.slots; slot++) { found[slot] = at; at += of[at] + 1; }
      return found;
    });
    // A tag stands for the broader ones as well; `seen` says for which paper each was counted last.
    const rows = meta.facets.tags, seen = new Int32Array(rows.length).fill(-1), tags = new Int32Array(rows.length);
    const ofVenues = new Int32Array(meta.facets.venues.length + 1), ofYears = new Map();
    let withCode = 0;
    for (const slot of result.slots) {
      const count = (tag) => { if (seen[tag] !== slot) { seen[tag] = slot; tags[tag]++; } };
      for (let at = starts[slot] + 1, end = at + of[at - 1]; at < end; at++) {
        count(of[at]);
        rows[of[at]][3].forEach(count);
      }
      ofVenues[venues[slot]]++;
      withCode += code[slot];
      if (years[slot]) ofYears.set(years[slot], (ofYears.get(years[slot]) || 0) + 1);
    }
    const counted = (all, counts) => all.map(([slug, name], at) => [slug, name, counts[at]])
      .filter((row) => row[2]).sort((a, b) => b[2] - a[2] || us.compare(a[0], b[0]));
    return {
      tags: counted(rows, tags), venues: counted(meta.facets.venues, ofVenues.subarray(1)),
      years: Array.from(ofYears, ([year, n]) => [meta.epoch + year - 1, n]).sort((a, b) => a[0] - b[0]), code: withCode
    };
  };
})();
