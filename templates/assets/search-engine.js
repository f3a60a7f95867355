// Searches the index in data/search/ (docs/search-format.md). Its parts are scripts, loaded as queries
// need them, so that search also works from a folder on disk. The ranking is that of
// digest/search/find.py: sums run in the same order, and both come to the same figures.
//
//   digestSearch.open(base, mark) -> META
//   digestSearch.find(text, { sort, typing, since, limit }) ->
//     { total, whole, hits: [{ slot, score, whole }], words, instead, missing, leftOut, slots }
//   digestSearch.cards(slots), digestSearch.facets(result)
//
// All are promises. They fail with an error whose `kind` is "stale" where the site has changed since
// the page was loaded, and "missing" where a file cannot be had.
(function () {
  "use strict";
  const us = window.digestSearch;
  const FORMAT = 1, LAST_PLACE = 58, PHRASE = 1.2, WINDOW = 3, ENOUGH = 10, MOST_PARTIAL = 50, SHARE = 0.3;
  const MOST_BEGINNING = 40, TYPED_PARTS = 4, ASKED_PARTS = 12, SHORTEST = 5, LONGEST = 16, MOST_NEAR = 4, LISTS = 300;
  const EMPTY = new Map();
  let base = "", meta = null, opening = null;
  const waiting = new Map(), values = new Map(), lists = new Map();

  function fault(kind, message) { return Object.assign(new Error(message), { kind }); }
  // The files hand over their values by these two.
  us.index = (value) => { meta = value; };
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
    if (values.has(name)) return Promise.resolve();
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
  function need(parts) {
    const lacking = parts.filter(([name]) => !values.has(name));
    if (lacking.length) throw { parts: lacking };
  }
  function value(name, mark) {
    need([[name, mark]]);
    return values.get(name);
  }
  async function loaded(job) {
    for (;;) {
      try {
        return job();
      } catch (lack) {
        if (!lack.parts) throw lack;
        await Promise.all(lack.parts.map(([name, mark]) => part(name, mark)));
      }
    }
  }

  // Numbers: docs/search-format.md, "Numbers".
  const DIGIT = new Uint8Array(128);
  for (let code = 35, at = 0; code < 127; code++) if (code !== 92) DIGIT[code] = at++;
  function decode(text, start, end) {
    const found = new Int32Array(end - start);
    let size = 0;
    for (let at = start; at < end;) {
      const digit = DIGIT[text.charCodeAt(at++)];
      if (digit < 60) { found[size++] = digit; continue; }
      let more = digit < 89 ? 1 : digit - 86, number = digit < 89 ? digit - 60 : 0;
      const least = more === 1 ? 60 : more === 3 ? 2699 : 756270;
      for (; more; more--) number = number * 91 + DIGIT[text.charCodeAt(at++)];
      found[size++] = number + least;
    }
    return found.subarray(0, size);
  }
  function risen(gaps) {
    let last = -1;
    return gaps.map((gap) => (last += gap + 1));
  }

  // Order by code point, as the lines stand.
  const point = (code) => code < 0xd800 ? code : code < 0xe000 ? code + 0x2000 : code - 0x800;
  function compare(one, other) {
    const size = Math.min(one.length, other.length);
    for (let at = 0; at < size; at++) {
      const a = one.charCodeAt(at), b = other.charCodeAt(at);
      if (a !== b) return point(a) - point(b);
    }
    return one.length - other.length;
  }
  function bisect(size, isBefore) {
    let low = 0, high = size;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isBefore(middle)) low = middle + 1; else high = middle;
    }
    return low;
  }
  const partOf = (rows, term) => bisect(rows.length, (at) => compare(rows[at][0], term) <= 0) - 1;
  const linesKept = new Map();
  function linesOf(kind, number) {
    const [, name, mark] = meta[kind][number];
    const text = value(name, mark);
    let lines = linesKept.get(name);
    if (!lines) {
      lines = text.split("\n").map((line) => { const at = line.indexOf(" "); return [line.slice(0, at), line.slice(at + 1)]; });
      linesKept.set(name, lines);
    }
    return lines;
  }
  function rest(kind, term) {
    const number = partOf(meta[kind], term);
    if (number < 0) return "";
    const lines = linesOf(kind, number), at = bisect(lines.length, (place) => compare(lines[place][0], term) < 0);
    return at < lines.length && lines[at][0] === term ? lines[at][1] : "";
  }
  function kept(key, make) {
    let found = lists.get(key);
    if (found === undefined) {
      found = make();
      if (lists.size >= LISTS) lists.delete(lists.keys().next().value);
      lists.set(key, found);
    }
    return found;
  }
  // Where a term stands: slots with their levels, places in titles by slot, and slots of people.
  function postings(term) {
    return kept("w" + term, () => {
      const line = rest("words", term), sign = line.indexOf("!");
      const numbers = decode(line, 0, sign < 0 ? line.length : Math.max(0, sign - 1));
      const slots = new Int32Array(numbers.length), levels = new Uint8Array(numbers.length), places = new Map();
      let size = 0;
      for (let at = 0; at < numbers.length;) {
        const level = numbers[at], count = numbers[at + 1];
        at += 2;
        for (let last = -1, n = 0; n < count; n++) {
          last += numbers[at + n] + 1;
          slots[size + n] = last;
          levels[size + n] = level;
        }
        at += count;
        if (level >= 4) {
          for (let n = 0; n < count; n++) if (numbers[at + n] <= LAST_PLACE) places.set(slots[size + n], numbers[at + n]);
          at += count;
        }
        size += count;
      }
      const people = sign < 0 ? new Int32Array(0) : risen(decode(line, sign + 1, line.length).subarray(1));
      return { slots: slots.subarray(0, size), levels: levels.subarray(0, size), places, people };
    });
  }
  function spots(term) {
    return kept("p" + term, () => {
      const line = rest("positions", term), numbers = decode(line, 0, line.length), found = new Map();
      for (let at = 0, slot = -1; at < numbers.length;) {
        slot += numbers[at] + 1;
        const count = numbers[at + 1];
        found.set(slot, Array.from(risen(numbers.slice(at + 2, at + 2 + count))));
        at += 2 + count;
      }
      return found;
    });
  }
  function column(name) {
    return kept("c" + name, () => {
      const text = value("column-" + name, meta.columns[name]);
      return decode(text, 0, text.length);
    });
  }
  function everySlot() {
    return kept("all", () => {
      const found = [];
      column("months").forEach((month, slot) => { if (month) found.push(slot); });
      return found;
    });
  }

  // Scores are maps by slot. They change only while they are made.
  const STEP = 2 ** 20, MONTH = 0.9438743126816935;
  const rarity = (having) => Math.floor(Math.log(1 + (meta.papers - having + 0.5) / (having + 0.5)) * STEP + 0.5) / STEP;
  function larger(one, other) {
    for (const [slot, score] of other) {
      const known = one.get(slot);
      if (known === undefined || score > known) one.set(slot, score);
    }
    return one;
  }
  const fewest = (maps) => maps.reduce((one, other) => other.size < one.size ? other : one);
  function summed(maps) {
    if (maps.length === 1) return new Map(maps[0]);
    const found = new Map();
    for (const slot of fewest(maps).keys()) {
      let score = 0;
      if (maps.every((map) => { const own = map.get(slot); score += own; return own !== undefined; })) found.set(slot, score);
    }
    return found;
  }
  const allOf = (slots) => { const found = new Map(); for (const slot of slots) found.set(slot, 0); return found; };
  function meet(sets) {
    const least = fewest(sets), found = new Set();
    for (const slot of least.keys()) if (sets.every((one) => one.has(slot))) found.add(slot);
    return found;
  }

  // Words that begin with a prefix, those of long lines first.
  function partsOf(prefix) {
    const from = Math.max(0, partOf(meta.words, prefix)), to = bisect(meta.words.length, (at) => {
      const first = meta.words[at][0];
      return compare(first, prefix) <= 0 || first.startsWith(prefix);
    });
    return Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at);
  }
  function rows(prefix, numbers) {
    const found = [];
    need(numbers.map((number) => meta.words[number].slice(1)));
    for (const number of numbers) {
      const lines = linesOf("words", number);
      for (let at = bisect(lines.length, (place) => compare(lines[place][0], prefix) < 0); at < lines.length; at++) {
        if (!lines[at][0].startsWith(prefix)) break;
        if (!lines[at][0].includes(":")) found.push(lines[at]);
      }
    }
    return found;
  }
  const commonest = (lines, most) => lines
    .map(([term, line]) => [line.length, term])
    .sort((a, b) => b[0] - a[0] || compare(a[1], b[1])).slice(0, most).map((row) => row[1]);
  function beginning(prefix, typed) {
    const numbers = partsOf(prefix);
    if (typed && numbers.length > TYPED_PARTS) return [];
    return kept("b" + prefix, () => commonest(rows(prefix, numbers.slice(0, ASKED_PARTS)), MOST_BEGINNING));
  }
  function isOneEdit(one, other) {
    // Most words differ early and late, which a look at both ends tells.
    let least = 0, end = 0;
    const shorter = Math.min(one.length, other.length), longer = Math.max(one.length, other.length);
    while (least < shorter && one[least] === other[least]) least++;
    while (end < shorter - least && one[one.length - 1 - end] === other[other.length - 1 - end]) end++;
    if (longer - least - end > 4) return false;
    const a = Array.from(one), b = Array.from(other);
    if (Math.abs(a.length - b.length) > 1 || one === other) return false;
    let start = 0;
    while (start < a.length && start < b.length && a[start] === b[start]) start++;
    const x = a.slice(start), y = b.slice(start), same = (p, q) => p.join("") === q.join("");
    if (x.length !== y.length) return same(x.slice(1), y) || same(x, y.slice(1));
    return same(x.slice(1), y.slice(1)) ||
      (x.length > 1 && x[0] === y[1] && x[1] === y[0] && same(x.slice(2), y.slice(2)));
  }
  // Words of so many letters that several papers have, each with a digit: the higher, the more.
  function spelt(letters) {
    const mark = meta.spelling[letters];
    if (!mark) return [];
    return kept("l" + letters, () => value("s-" + letters, mark).split(" ").filter(Boolean)
      .map((row) => [Number(row.slice(-1)), row.slice(0, -1)]));
  }
  function nearest(word) {
    const letters = Array.from(word).length;
    if (letters < SHORTEST || !/^\p{L}+$/u.test(word)) return [];
    const near = (all) => all.filter((row) => isOneEdit(word, row[1]))
      .sort((a, b) => b[0] - a[0] || compare(a[1], b[1])).map((row) => row[1]);
    const lengths = new Set([-1, 0, 1].map((more) => Math.min(letters + more, LONGEST)));
    const own = partOf(meta.words, word);
    const rare = own < 0 ? [] : rows("", [own]).map(([term, line]) => [line.length, term]);
    need(Array.from(lengths).filter((letters) => meta.spelling[letters]).map((letters) => ["s-" + letters, meta.spelling[letters]]));
    return Array.from(new Set(near(Array.from(lengths).flatMap(spelt)).concat(near(rare)))).slice(0, MOST_NEAR);
  }

  // One atom of a query: the papers that have it.
  const termsOf = (word) => word.beginning.includes(word.term) ? word.beginning : word.beginning.concat(word.term);
  const has = (term, field) => {
    const where = postings(term);
    return field === "author" ? where.people.length : field ? where.places.size : where.slots.length || where.people.length;
  };
  const isOpen = (atom) => atom.typed && (!atom.prefix || partsOf(atom.prefix).length > TYPED_PARTS);
  const isKnown = (atom, word) => isOpen(atom) || termsOf(word).some((term) => has(term, atom.field));
  const resolve = (atom) => atom.words.map((term, at) => ({
    term, beginning: atom.prefix && at === atom.words.length - 1 ? beginning(atom.prefix, atom.typed) : []
  }));
  function bearers(terms) {
    const found = new Set();
    for (const term of terms) for (const slot of postings(term).people) found.add(slot);
    return found;
  }
  // What a word is worth in texts and in people's names, whichever is more.
  function scored(levels, count, places, people, field) {
    const ofText = rarity(count), worth = meta.weights.map((weight) => ofText * weight), scores = new Map();
    if (field) {
      levels((slot, level) => { if (places.has(slot)) scores.set(slot, worth[level]); });
      return { scores, weight: scores.size ? ofText : 0 };
    }
    levels((slot, level) => scores.set(slot, worth[level]));
    const size = people.size === undefined ? people.length : people.size;
    if (!size) return { scores, weight: count ? ofText : 0 };
    const ofPeople = rarity(size), named = ofPeople * meta.person;
    for (const slot of people) {
      const known = scores.get(slot);
      if (known === undefined || named > known) scores.set(slot, named);
    }
    return { scores, weight: count ? ofText : ofPeople };
  }
  function alone(term, field) {
    const where = postings(term);
    const levels = (each) => { for (let at = 0; at < where.slots.length; at++) each(where.slots[at], where.levels[at]); };
    return scored(levels, where.slots.length, where.places, where.people, field);
  }
  function ofWord(word, field) {
    const own = alone(word.term, field);
    if (!word.beginning.length) return own;
    const union = new Map(), places = new Map(), terms = termsOf(word);
    for (const term of terms) {
      const where = postings(term);
      where.places.forEach((place, slot) => places.set(slot, place));
      for (let at = 0; at < where.slots.length; at++) {
        const known = union.get(where.slots[at]);
        if (known === undefined || where.levels[at] > known) union.set(where.slots[at], where.levels[at]);
      }
    }
    const levels = (each) => union.forEach((level, slot) => each(slot, level));
    const together = scored(levels, union.size, places, bearers(terms), field);
    return { scores: larger(together.scores, own.scores), weight: Math.max(together.weight, own.weight) };
  }
  const levelsOf = (where) => { const found = new Map(); where.slots.forEach((slot, at) => found.set(slot, where.levels[at])); return found; };
  function ofPhrase(atom, terms) {
    const where = terms.map(postings), rarities = where.map((one) => rarity(one.slots.length));
    const weight = rarities.reduce((sum, one) => sum + one, 0), adjacent = new Set(), scores = new Map();
    for (const [slot, first] of where[0].places) {
      if (where.every((one, at) => one.places.get(slot) === first + atom.places[at])) adjacent.add(slot);
    }
    if (!atom.field && where.every((one) => one.slots.length)) {
      const all = terms.map(spots);
      for (const slot of fewest(all).keys()) {
        if (adjacent.has(slot) || !all.every((one) => one.has(slot))) continue;
        const others = all.slice(1).map((one) => new Set(one.get(slot)));
        if (all[0].get(slot).some((start) => others.every((one, at) => one.has(start + atom.places[at + 1])))) adjacent.add(slot);
      }
    }
    const levels = where.map(levelsOf);
    for (const slot of adjacent) {
      let score = 0;
      levels.forEach((one, at) => { score += rarities[at] * meta.weights[one.get(slot)]; });
      scores.set(slot, score * PHRASE);
    }
    if (!atom.field && terms.every(us.isUnspaced)) {
      let score = 0;
      where.forEach((one) => { score += rarity(one.people.length); });
      const named = score * meta.person * PHRASE;
      for (const slot of meet(where.map((one) => new Set(one.people)))) {
        const known = scores.get(slot);
        if (known === undefined || named > known) scores.set(slot, named);
      }
    }
    return { scores, weight };
  }
  function slugOf(kind, text) {
    const choices = meta.facets[kind + "s"] || [], low = text.toLowerCase(), name = us.folded(text);
    const found = choices.find((row) => row[0] === low) || choices.find((row) => us.folded(row[1]) === name);
    return found ? found[0] : us.slugged(text);
  }
  function match(atom, words) {
    if (["tag", "venue", "has"].includes(atom.kind)) {
      return { scores: allOf(postings(atom.kind + ":" + slugOf(atom.kind, atom.value)).slots), weight: 0 };
    }
    if (atom.kind === "dates") {
      const start = meta.epoch * 12 - 2, scores = new Map();
      const least = Math.max(2, atom.first === null ? 0 : atom.first - start), most = atom.last === null ? Infinity : atom.last - start;
      column("months").forEach((month, slot) => { if (month >= least && month <= most) scores.set(slot, 0); });
      return { scores, weight: 0 };
    }
    if (atom.kind === "phrase") return ofPhrase(atom, words.map((word) => word.term));
    if (atom.field === "author") return { scores: allOf(meet(words.map((word) => bearers(termsOf(word))))), weight: 0 };
    const single = words.map((word) => ofWord(word, atom.field));
    let weight = 0;
    single.forEach((one) => { weight += one.weight; });
    let scores = summed(single.map((one) => one.scores));
    if (atom.joined) {
      const joined = alone(atom.joined, atom.field);
      scores = larger(scores, joined.scores);
      weight = Math.max(weight, joined.weight);
    }
    return { scores, weight };
  }

  // A query: papers that have all clauses, and where these are few, papers that have some.
  const filters = (clause) => clause.negative ||
    !clause.atoms.some((atom) => atom.kind === "phrase" || (atom.kind === "words" && atom.field !== "author"));
  function matched(clause, words) {
    let scores = EMPTY, weight = 0;
    clause.atoms.forEach((atom, at) => {
      const one = match(atom, words[at]);
      scores = scores.size ? larger(scores, one.scores) : new Map(one.scores);
      weight = Math.max(weight, one.weight);
    });
    return { clause, words, scores, weight: scores.size ? weight : 0 };
  }
  function lookUp(clauses, instead) {
    const found = clauses.map((clause) => matched(clause, clause.atoms.map(resolve)));
    const lacks = ({ clause, words }) => !clause.negative &&
      clause.atoms.some((atom, at) => words[at].some((word) => !isKnown(atom, word)));
    const unknown = found.map(lacks);
    if (unknown.includes(true)) {
      const others = found.filter((one, at) => !unknown[at] && !one.clause.negative && one.scores.size).map((one) => one.scores);
      const among = others.length ? meet(others) : null;
      const meets = (term) => { const where = postings(term); return where.slots.some((slot) => among.has(slot)) || where.people.some((slot) => among.has(slot)); };
      found.forEach((one, at) => {
        if (!unknown[at]) return;
        found[at] = matched(one.clause, one.clause.atoms.map((atom, place) => one.words[place].map((word) => {
          if (isKnown(atom, word)) return word;
          const near = nearest(word.term).filter((term) => has(term, atom.field));
          if (!near.length) return word;
          const other = (among && near.find(meets)) || near[0];
          if (!instead.some((pair) => pair[0] === word.term && pair[1] === other)) instead.push([word.term, other]);
          return { term: other, beginning: [] };
        })));
      });
    }
    return found.filter((one) => one.scores.size || !one.clause.atoms.some(isOpen));
  }
  function allowedBy(found) {
    if (!found.length) return null;
    const asked = found.filter((one) => !one.clause.negative).map((one) => one.scores);
    const allowed = asked.length ? meet(asked) : new Set(everySlot());
    for (const one of found) if (one.clause.negative) for (const slot of one.scores.keys()) allowed.delete(slot);
    return allowed;
  }
  function score(found, allowed) {
    const present = found.filter((one) => one.scores.size);
    let whole = new Set(), partial = new Set();
    if (present.length === found.length) whole = meet(present.map((one) => one.scores).concat(allowed ? [allowed] : []));
    if (whole.size < ENOUGH && found.length > 1) {
      const masses = new Map();
      let total = 0;
      for (const one of present) {
        total += one.weight;
        for (const slot of one.scores.keys()) masses.set(slot, (masses.get(slot) || 0) + one.weight);
      }
      masses.forEach((mass, slot) => {
        if (mass >= total * SHARE && !whole.has(slot) && (!allowed || allowed.has(slot))) partial.add(slot);
      });
    }
    const scores = new Map();
    for (const group of [whole, partial]) for (const slot of group) {
      let sum = 0;
      for (const one of present) sum += one.scores.get(slot) || 0;
      scores.set(slot, sum);
    }
    addNearness(found, scores);
    if (meta.recency) {
      const months = column("months");
      let newest = 0;
      for (const month of months) if (month > newest) newest = month;
      const left = [1];
      for (let at = 0; at < newest; at++) left.push(left[at] * MONTH);
      scores.forEach((sum, slot) => { if (months[slot] > 1) scores.set(slot, sum * (1 + meta.recency * left[newest - months[slot]])); });
    }
    return [whole, partial, scores];
  }
  function addNearness(found, scores) {
    const plain = found.filter(({ clause }) => clause.atoms.length === 1 && clause.atoms[0].kind === "words" && !clause.atoms[0].field)
      .flatMap(({ clause, words }) => words[0].map((word, at) => [postings(word.term), clause.atoms[0].places[at]]));
    for (let at = 0; at + 1 < plain.length; at++) {
      const [one, place] = plain[at], [other, next] = plain[at + 1];
      const mean = (rarity(one.slots.length) + rarity(other.slots.length)) / 2;
      for (const [slot, first] of one.places) {
        const sum = scores.get(slot), second = other.places.get(slot);
        if (sum === undefined || second === undefined) continue;
        const distance = second - first;
        const share = distance === next - place ? 1 : Math.abs(distance) <= WINDOW ? 0.5 : 0;
        scores.set(slot, sum + meta.near * mean * share);
      }
    }
  }
  function ordered(slots, scores, sort, most) {
    const found = Array.from(slots);
    if (sort === "relevance") {
      if (found.length > 4 * most) {
        // Of many, only the best are put in order.
        const all = Float64Array.from(found, (slot) => scores.get(slot)).sort();
        const least = all[all.length - most];
        const best = found.filter((slot) => scores.get(slot) >= least);
        return best.sort((a, b) => scores.get(b) - scores.get(a) || a - b);
      }
      return found.sort((a, b) => scores.get(b) - scores.get(a) || a - b);
    }
    if (sort === "title") {
      const titles = column("titles");
      return found.sort((a, b) => titles[a] - titles[b] || a - b);
    }
    need(["months", "days"].map((name) => ["column-" + name, meta.columns[name]]));
    const months = column("months"), days = column("days");
    return found.sort((a, b) => months[b] - months[a] || days[b] - days[a] || a - b);
  }
  function wordsOf(found) {
    const all = found.filter((one) => !one.clause.negative).flatMap(({ clause, words }) =>
      clause.atoms.flatMap((atom, at) => words[at].flatMap(termsOf).concat(atom.joined || [])));
    return Array.from(new Set(all));
  }
  function after(slots, since) {
    const [year, month, day] = since.split("-").map(Number), least = (year - meta.epoch) * 12 + month + 1;
    const months = column("months"), days = column("days");
    return new Set(Array.from(slots).filter((slot) => months[slot] > least || (months[slot] === least && days[slot] > day)));
  }
  function answer(query, { sort = "relevance", since = "", limit = 10 }) {
    const instead = [], found = lookUp(query.clauses, instead);
    const scoring = found.filter((one) => !filters(one.clause));
    const allowed = allowedBy(found.filter((one) => filters(one.clause)));
    let whole, partial = new Set(), scores = EMPTY;
    if (scoring.length) [whole, partial, scores] = score(scoring, allowed);
    else {
      whole = new Set(allowed || everySlot());
      if (sort === "relevance") sort = "date";
    }
    if (since) { whole = after(whole, since); partial = new Set(); }
    const some = ordered(partial, scores, "relevance", MOST_PARTIAL).slice(0, MOST_PARTIAL);
    const order = ordered(whole, scores, sort, limit).slice(0, limit);
    const hits = order.concat(order.length < limit ? some : []).slice(0, limit)
      .map((slot) => ({ slot, score: scores.get(slot) || 0, whole: whole.has(slot) }));
    return {
      total: whole.size + some.length, whole: whole.size, hits, words: wordsOf(found), instead,
      missing: found.filter((one) => !one.clause.negative && !one.scores.size)
        .map((one) => one.clause.atoms.map((atom) => atom.written).join(" OR ")),
      leftOut: query.leftOut, slots: Array.from(whole).concat(some)
    };
  }
  us.find = async (text, options) => {
    const query = us.parse(text, options.typing);
    // The parts of all words at once, before they are asked for one by one.
    const wanted = query.clauses.flatMap((clause) => clause.atoms.flatMap((atom) =>
      atom.kind === "words" || atom.kind === "phrase" ? atom.words.concat(atom.joined || [])
        : atom.value && atom.kind !== "dates" ? [atom.kind + ":" + slugOf(atom.kind, atom.value)] : []));
    const places = query.clauses.flatMap((clause) => clause.atoms.flatMap((atom) => atom.kind === "phrase" && !atom.field ? atom.words : []));
    const of = (kind, terms) => terms.map((term) => meta[kind][partOf(meta[kind], term)]).filter(Boolean);
    await Promise.all(of("words", wanted).concat(of("positions", places)).map(([, name, mark]) => part(name, mark)));
    return loaded(() => answer(query, options));
  };

  us.cards = async (slots) => {
    const numbers = Array.from(new Set(slots.map((slot) => Math.floor(slot / meta.pack))));
    await Promise.all(numbers.map((number) => part("c-" + number, meta.cards[number])));
    return slots.map((slot) => {
      const number = Math.floor(slot / meta.pack), pack = values.get("c-" + number);
      const places = kept("s" + number, () => Array.from(risen(decode(pack.slots, 0, pack.slots.length))));
      const at = places.indexOf(slot - number * meta.pack);
      return {
        path: pack.paths[at], title: pack.titles[at], people: pack.people[at], date: pack.dates[at],
        tags: pack.tags[at].map((tag) => typeof pack.names[tag] === "string" ? [us.slugged(pack.names[tag]), pack.names[tag]] : pack.names[tag]),
        venue: pack.venues[at], code: pack.code[at], text: pack.texts[at], html: pack.html[at]
      };
    });
  };
  us.facets = async (result) => {
    await Promise.all(["tags", "venues", "years", "code"].map((name) => part("column-" + name, meta.columns[name])));
    const [of, venues, ofYear, code] = ["tags", "venues", "years", "code"].map(column);
    const starts = kept("tag starts", () => {
      const found = new Int32Array(meta.slots);
      for (let slot = 0, at = 0; slot < meta.slots; slot++) { found[slot] = at; at += of[at] + 1; }
      return found;
    });
    // A tag stands for the broader ones as well; `seen` says for which paper each was counted last.
    const rows = meta.facets.tags, seen = new Int32Array(rows.length).fill(-1);
    const tags = new Int32Array(rows.length), ofVenues = new Int32Array(meta.facets.venues.length + 1), years = new Map();
    let withCode = 0;
    for (const slot of result.slots) {
      const count = (tag) => { if (seen[tag] !== slot) { seen[tag] = slot; tags[tag]++; } };
      for (let at = starts[slot] + 1, end = starts[slot] + of[starts[slot]]; at <= end; at++) {
        count(of[at]);
        rows[of[at]][3].forEach(count);
      }
      ofVenues[venues[slot]]++;
      withCode += code[slot];
      if (ofYear[slot]) {
        const year = meta.epoch + ofYear[slot] - 1;
        years.set(year, (years.get(year) || 0) + 1);
      }
    }
    const counted = (rows, counts) => rows.map(([slug, name], at) => [slug, name, counts[at]])
      .filter((row) => row[2]).sort((a, b) => b[2] - a[2] || compare(a[0], b[0]));
    return {
      tags: counted(rows, tags), venues: counted(meta.facets.venues, ofVenues.subarray(1)),
      years: Array.from(years).sort((a, b) => a[0] - b[0]), code: withCode
    };
  };
})();
