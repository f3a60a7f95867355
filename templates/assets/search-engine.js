// Finds papers in the index (docs/search-format.md, "Queries"). The ranking is that of
// digest/search/find.py: sums run in the same order, and both come to the same figures.
//
//   digestSearch.find(text, { sort, typing, since, limit }) ->
//     { total, whole, hits: [{ slot, score, whole }], words, instead, missing, leftOut, slots }
(function () {
  "use strict";
  const us = window.digestSearch, { compare, bisect, partOf, postings, kept, need, column } = us;
  const PHRASE = 1.2, WINDOW = 3, ENOUGH = 10, MOST_PARTIAL = 50, SHARE = 0.3, STEP = 2 ** 20, MONTH = 0.9438743126816935;
  const MOST_BEGINNING = 40, TYPED_PARTS = 4, ASKED_PARTS = 12, SHORTEST = 5, LONGEST = 16, MOST_NEAR = 4;

  // Scores are numbers by slot, -1 where a paper is not meant. What only says which papers has 0.
  // They are large, and lent anew for each question.
  const owned = [];
  let spare = [];
  function none(score = -1) {
    if (!spare.length) spare.push(owned[owned.push(new Float64Array(us.meta.slots)) - 1]);
    return spare.pop().fill(score);
  }
  // Plain loops: of a large collection each of these is passed through many times while one types.
  function slotsOf(scores, most = Infinity) {
    const found = [];
    for (let slot = 0; slot < scores.length && found.length < most; slot++) if (scores[slot] >= 0) found.push(slot);
    return found;
  }
  const isAny = (scores) => slotsOf(scores, 1).length > 0;
  function only(slots) {
    const found = none();
    for (const slot of slots) found[slot] = 0;
    return found;
  }
  function larger(one, other) {
    for (let slot = 0; slot < one.length; slot++) if (other[slot] > one[slot]) one[slot] = other[slot];
    spare.push(other);
    return one;
  }
  // Of papers that all have: the sum, in their order.
  function summed([first, ...others]) {
    const found = none();
    found.set(first);
    for (const other of others) {
      for (let slot = 0; slot < found.length; slot++) {
        if (found[slot] >= 0) found[slot] = other[slot] < 0 ? -1 : found[slot] + other[slot];
      }
    }
    return found;
  }
  function ofMonths(least, most) {
    const found = none(), months = column("months");
    for (let slot = 0; slot < found.length; slot++) if (months[slot] >= least && months[slot] <= most) found[slot] = 0;
    return found;
  }
  const rarity = (having) => Math.floor(Math.log(1 + (us.meta.papers - having + 0.5) / (having + 0.5)) * STEP + 0.5) / STEP;
  const worth = (terms) => terms.reduce((sum, term) => sum + rarity(postings(term).slots.length), 0);

  // Words that begin with a prefix, those of long lines first.
  function partsOf(prefix) {
    const { words } = us.meta, from = Math.max(0, partOf(words, prefix));
    const to = bisect(words.length, (at) => compare(words[at][0], prefix) <= 0 || words[at][0].startsWith(prefix));
    return Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at);
  }
  function rows(prefix, numbers) {
    const found = [];
    need(numbers.map((number) => us.meta.words[number].slice(1)));
    for (const number of numbers) {
      const [lines, from] = us.linesOf("words", number, prefix);
      for (let at = from; at < lines.length && lines[at][0].startsWith(prefix); at++) {
        if (!lines[at][0].includes(":")) found.push([lines[at][1].length, lines[at][0]]);
      }
    }
    return found;
  }
  const highest = (all) => all.sort((a, b) => b[0] - a[0] || compare(a[1], b[1])).map((row) => row[1]);
  function beginning(prefix, typed) {
    const numbers = partsOf(prefix);
    if (typed && numbers.length > TYPED_PARTS) return [];
    return kept("b" + prefix, () => highest(rows(prefix, numbers.slice(0, ASKED_PARTS))).slice(0, MOST_BEGINNING));
  }
  function isOneEdit(one, other) {
    // Most words differ early and late, which a look at both ends tells.
    let start = 0, end = 0;
    const shorter = Math.min(one.length, other.length);
    while (start < shorter && one[start] === other[start]) start++;
    while (end < shorter - start && one[one.length - 1 - end] === other[other.length - 1 - end]) end++;
    if (Math.max(one.length, other.length) - start - end > 4 || one === other) return false;
    // Of a sign of two halves both or none.
    if (/[\udc00-\udfff]/.test(one[start] || other[start])) start--;
    const a = Array.from(one.slice(start)), b = Array.from(other.slice(start)), from = (all, at) => all.slice(at).join("");
    if (a.length !== b.length) return from(a, 1) === from(b, 0) || from(a, 0) === from(b, 1);
    return from(a, 1) === from(b, 1) || (a.length > 1 && a[0] === b[1] && a[1] === b[0] && from(a, 2) === from(b, 2));
  }
  // Words of so many letters that several papers have, each with a digit: the higher, the more.
  const spelt = (name, mark) => kept(name, () => us.value(name, mark).split(" ").filter(Boolean)
    .map((row) => [Number(row.slice(-1)), row.slice(0, -1)]));
  function nearest(word) {
    const letters = Array.from(word).length, own = partOf(us.meta.words, word);
    if (letters < SHORTEST || !/^\p{L}+$/u.test(word)) return [];
    const near = (all) => highest(all.filter((row) => isOneEdit(word, row[1])));
    const rare = own < 0 ? [] : rows("", [own]), lists = new Set([-1, 0, 1].map((more) => Math.min(letters + more, LONGEST)));
    const parts = Array.from(lists, (size) => ["s-" + size, us.meta.spelling[size]]).filter((row) => row[1]);
    need(parts);
    return Array.from(new Set(near(parts.flatMap((row) => spelt(...row))).concat(near(rare)))).slice(0, MOST_NEAR);
  }

  // One atom of a query: the papers that have it.
  const termsOf = (word) => word.beginning.includes(word.term) ? word.beginning : word.beginning.concat(word.term);
  const has = (term, field) => {
    const { slots, titled, people } = postings(term);
    return field === "author" ? people.length : field ? titled : slots.length || people.length;
  };
  const isOpen = (atom) => atom.typed && (!atom.prefix || partsOf(atom.prefix).length > TYPED_PARTS);
  const isKnown = (atom, word) => isOpen(atom) || termsOf(word).some((term) => has(term, atom.field));
  const resolve = (atom) => atom.words.map((term, at) => ({
    term, beginning: atom.prefix && at === atom.words.length - 1 ? beginning(atom.prefix, atom.typed) : []
  }));
  const people = (terms) => only(terms.flatMap((term) => Array.from(postings(term).people)));
  function levelsOf(terms) {
    const found = new Int8Array(us.meta.slots).fill(-1);
    let count = 0;
    for (const { slots, levels } of terms.map(postings)) {
      for (let at = 0; at < slots.length; at++) {
        const known = found[slots[at]];
        if (known < 0) count++;
        if (levels[at] > known) found[slots[at]] = levels[at];
      }
    }
    return [found, count];
  }
  function placesOf(term) {
    const found = new Int16Array(us.meta.slots).fill(-1), { slots, places } = postings(term);
    places.forEach((place, at) => { found[slots[at]] = place; });
    return found;
  }
  // What words that count as one are worth in texts and in people's names, whichever is more.
  function ofTerms(terms, field) {
    const [levels, count] = levelsOf(terms), scores = none(), ofText = rarity(count), { weights, person } = us.meta;
    const mean = weights.map((weight) => ofText * weight);
    if (field) {
      for (const { slots, places } of terms.map(postings)) {
        places.forEach((place, at) => { if (place >= 0) scores[slots[at]] = mean[levels[slots[at]]]; });
      }
      return { scores, weight: isAny(scores) ? ofText : 0 };
    }
    for (let slot = 0; slot < levels.length; slot++) if (levels[slot] >= 0) scores[slot] = mean[levels[slot]];
    const bearers = new Set(terms.flatMap((term) => Array.from(postings(term).people))), ofPeople = bearers.size ? rarity(bearers.size) : 0;
    for (const slot of bearers) scores[slot] = Math.max(scores[slot], ofPeople * person);
    return { scores, weight: count ? ofText : ofPeople };
  }
  const ofEither = (one, other) => ({ scores: larger(one.scores, other.scores), weight: Math.max(one.weight, other.weight) });
  function ofWord(word, field) {
    const own = ofTerms([word.term], field);
    return word.beginning.length ? ofEither(ofTerms(termsOf(word), field), own) : own;
  }
  function ofPhrase({ places, field }, terms) {
    const rarities = terms.map((term) => rarity(postings(term).slots.length)), titles = terms.map(placesOf), scores = none();
    const adjacent = new Set(Array.from(postings(terms[0]).slots).filter((slot) => titles[0][slot] >= 0 &&
      titles.every((one, at) => one[slot] === titles[0][slot] + places[at])));
    if (!field && terms.every((term) => postings(term).slots.length)) {
      const [first, ...others] = terms.map(us.positions);
      for (const [slot, starts] of first) {
        if (adjacent.has(slot) || !others.every((one) => one.has(slot))) continue;
        const sets = others.map((one) => new Set(one.get(slot)));
        if (starts.some((start) => sets.every((one, at) => one.has(start + places[at + 1])))) adjacent.add(slot);
      }
    }
    const levels = terms.map((term) => levelsOf([term])[0]), total = (all) => all.reduce((sum, one) => sum + one, 0);
    for (const slot of adjacent) scores[slot] = total(levels.map((one, at) => rarities[at] * us.meta.weights[one[slot]])) * PHRASE;
    const found = { scores, weight: total(rarities) };
    if (field || !terms.every(us.isUnspaced)) return found;
    const named = total(terms.map((term) => rarity(postings(term).people.length))) * us.meta.person * PHRASE;
    const bearers = summed(terms.map((term) => people([term])));
    for (const slot of slotsOf(bearers)) bearers[slot] = named;
    larger(scores, bearers);
    return found;
  }
  function slugOf(kind, text) {
    const choices = us.meta.facets[kind + "s"] || [], low = text.toLowerCase(), name = us.folded(text);
    const found = choices.find((row) => row[0] === low) || choices.find((row) => us.folded(row[1]) === name);
    return found ? found[0] : us.slugged(text);
  }
  const isNamed = (atom) => /^(?:tag|venue|has)$/.test(atom.kind);
  const termOf = (atom) => atom.kind + ":" + slugOf(atom.kind, atom.value);
  function match(atom, words) {
    if (isNamed(atom)) return { scores: only(postings(termOf(atom)).slots), weight: 0 };
    if (atom.kind === "dates") {
      const start = us.meta.epoch * 12 - 2, { first, last } = atom;
      return { scores: ofMonths(Math.max(2, first === null ? 0 : first - start), last === null ? Infinity : last - start), weight: 0 };
    }
    if (atom.kind === "phrase") return ofPhrase(atom, words.map((word) => word.term));
    if (atom.field === "author") return { scores: summed(words.map((word) => people(termsOf(word)))), weight: 0 };
    const single = words.map((word) => ofWord(word, atom.field));
    const all = { scores: summed(single.map((one) => one.scores)), weight: single.reduce((sum, one) => sum + one.weight, 0) };
    return atom.joined ? ofEither(all, ofTerms([atom.joined], atom.field)) : all;
  }

  // A query: papers that have all clauses, and where these are few, papers that have some.
  const filters = ({ clause }) => clause.negative ||
    !clause.atoms.some((atom) => atom.kind === "phrase" || (atom.kind === "words" && atom.field !== "author"));
  function matched(clause, words) {
    const found = clause.atoms.map((atom, at) => match(atom, words[at])).reduce(ofEither), any = isAny(found.scores);
    return { clause, words, any, scores: found.scores, weight: any ? found.weight : 0 };
  }
  function lookUp(clauses, instead) {
    const found = clauses.map((clause) => matched(clause, clause.atoms.map(resolve)));
    const unknown = found.map(({ clause, words }) => !clause.negative &&
      clause.atoms.some((atom, at) => words[at].some((word) => !isKnown(atom, word))));
    const others = found.filter((one, at) => !unknown[at] && !one.clause.negative && one.any).map((one) => one.scores);
    found.forEach((one, at) => {
      if (!unknown[at]) return;
      const among = others.length && summed(others);
      const meets = (term) => { const where = postings(term); return [where.slots, where.people].some((slots) => slots.some((slot) => among[slot] >= 0)); };
      found[at] = matched(one.clause, one.clause.atoms.map((atom, place) => one.words[place].map((word) => {
        const near = isKnown(atom, word) ? [] : nearest(word.term).filter((term) => has(term, atom.field));
        if (!near.length) return word;
        const term = (among && near.find(meets)) || near[0];
        if (!instead.some((pair) => pair[0] === word.term && pair[1] === term)) instead.push([word.term, term]);
        return { term, beginning: [] };
      })));
    });
    return found.filter((one) => one.any || !one.clause.atoms.some(isOpen));
  }
  function allowedBy(found, isAll) {
    const asked = found.filter((one) => !one.clause.negative).map((one) => one.scores);
    const allowed = asked.length ? summed(asked) : isAll();
    for (const one of found) if (one.clause.negative) for (const slot of slotsOf(one.scores)) allowed[slot] = -1;
    return allowed;
  }
  function score(found, allowed) {
    const present = found.filter((one) => one.any), scores = none();
    let whole = [], partial = [];
    if (present.length === found.length) whole = slotsOf(summed(present.map((one) => one.scores).concat(allowed)));
    if (whole.length < ENOUGH && found.length > 1) {
      const masses = none(), known = new Set(whole);
      let total = 0;
      for (const one of present) {
        total += one.weight;
        for (const slot of slotsOf(one.scores)) masses[slot] = Math.max(masses[slot], 0) + one.weight;
      }
      partial = slotsOf(masses).filter((slot) => masses[slot] >= total * SHARE && allowed[slot] >= 0 && !known.has(slot));
    }
    for (const slot of whole.concat(partial)) scores[slot] = present.reduce((sum, one) => sum + Math.max(one.scores[slot], 0), 0);
    addNearness(found, scores);
    if (us.meta.recency) {
      const months = column("months"), newest = months.reduce((one, other) => Math.max(one, other), 0), left = [1];
      for (let at = 0; at < newest; at++) left.push(left[at] * MONTH);
      for (const slot of slotsOf(scores)) if (months[slot] > 1) scores[slot] *= 1 + us.meta.recency * left[newest - months[slot]];
    }
    return [whole, partial, scores];
  }
  function addNearness(found, scores) {
    const plain = found.filter(({ clause }) => clause.atoms.length === 1 && clause.atoms[0].kind === "words" && !clause.atoms[0].field)
      .flatMap(({ clause, words }) => words[0].map(({ term }, at) => [term, clause.atoms[0].places[at]]));
    for (let at = 0; at + 1 < plain.length; at++) {
      const [[one, place], [other, next]] = plain.slice(at), seconds = placesOf(other), { slots, places } = postings(one);
      const mean = worth([one, other]) / 2;
      places.forEach((first, nth) => {
        const slot = slots[nth], distance = seconds[slot] - first;
        if (Math.min(first, seconds[slot], scores[slot]) < 0) return;
        scores[slot] += us.meta.near * mean * (distance === next - place ? 1 : Math.abs(distance) <= WINDOW ? 0.5 : 0);
      });
    }
  }
  // The first `most` and what is as good as the last of them; of equals the smaller slot first.
  function ordered(slots, scores, sort, most) {
    const names = sort === "date" ? ["months", "days"] : sort === "title" ? ["titles"] : [];
    need(us.columnParts(names));
    const [one, other] = names.map(column);
    const key = other ? (slot) => one[slot] * 32 + other[slot] : one ? (slot) => -one[slot] : (slot) => scores[slot];
    const keys = new Float64Array(slots.length);
    for (let at = 0; at < keys.length; at++) keys[at] = key(slots[at]);
    const least = keys.sort()[keys.length - most];
    return (slots.length > most ? slots.filter((slot) => key(slot) >= least) : slots.slice())
      .sort((a, b) => key(b) - key(a) || a - b);
  }
  function after(slots, since) {
    const [year, month, day] = since.split("-").map(Number), least = (year - us.meta.epoch) * 12 + month + 1;
    const months = column("months"), days = column("days");
    return slots.filter((slot) => months[slot] > least || (months[slot] === least && days[slot] > day));
  }
  function answer(query, { sort = "relevance", since = "", limit = 10 }) {
    spare = owned.slice();
    const instead = [], found = lookUp(query.clauses, instead), asked = found.filter((one) => !one.clause.negative);
    const scoring = found.filter((one) => !filters(one));
    // Where words are asked for, which slots are empty need not be known.
    const allowed = allowedBy(found.filter(filters), scoring.length ? () => none(0) : () => ofMonths(1, Infinity));
    let [whole, partial, scores] = scoring.length ? score(scoring, allowed) : [slotsOf(allowed), [], null];
    if (since) [whole, partial] = [after(whole, since), []];
    const some = ordered(partial, scores, "relevance", MOST_PARTIAL).slice(0, MOST_PARTIAL);
    const order = ordered(whole, scores, scores || sort !== "relevance" ? sort : "date", limit).slice(0, limit);
    const hit = (whole) => (slot) => ({ slot, score: scores ? scores[slot] : 0, whole });
    return {
      total: whole.length + some.length, whole: whole.length, hits: order.map(hit(true)).concat(some.map(hit(false))).slice(0, limit),
      words: Array.from(new Set(asked.flatMap(({ clause, words }) =>
        clause.atoms.flatMap((atom, at) => words[at].flatMap(termsOf).concat(atom.joined || []))))),
      missing: asked.filter((one) => !one.any).map((one) => one.clause.atoms.map((atom) => atom.written).join(" OR ")),
      instead, leftOut: query.leftOut, slots: whole.concat(some)
    };
  }
  us.find = async (text, options) => {
    const query = us.parse(text, options.typing), atoms = query.clauses.flatMap((clause) => clause.atoms);
    // The parts of all words at once, before they are asked for one by one.
    const of = (kind, terms) => terms.map((term) => us.meta[kind][partOf(us.meta[kind], term)]).filter(Boolean).map((row) => row.slice(1));
    await us.fetch(of("words", atoms.flatMap((atom) => isNamed(atom) ? termOf(atom) : atom.words.concat(atom.joined || [])))
      .concat(of("positions", atoms.flatMap((atom) => atom.kind === "phrase" && !atom.field ? atom.words : []))));
    return us.loaded(() => answer(query, options));
  };
})();
