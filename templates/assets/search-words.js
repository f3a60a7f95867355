// What a text is found by, and what a query asks for: the same as digest/search/words.py, plurals.py
// and query.py say it, which tests hold beside this (docs/search-format.md, "Words of a text").
(function () {
  "use strict";
  const LONGEST = 40, MOST_CHARACTERS = 400, MOST_WORDS = 32, SHORTEST_TYPED = 3;
  const set = (text) => new Set(text.split(" "));
  const STOP = set("a also an and are as at be been but by can for from has have in into is it its of on or our " +
    "such than that the their these they this to was we were which with");
  const UNCHANGED = set("alias always andreas atlas bayes besides bias canvas chaos charles cosmos diabetes economics " +
    "elias ethics ethos herpes james jonas kansas lens lucas mars mathematics measles neurips " +
    "news nicolas pancreas pathos perhaps physics politics rabies series sometimes species texas " +
    "thomas wales whereas");
  // Plurals by their endings: that of the plural, that of the singular, and what stands before both.
  const IRREGULAR = new Map();
  ("ices ix matr append hel|ices ex vert ind vort cort cod simpl|es is ax cris oas emphas diagnos prognos metastas|" +
    "a um spectr quant maxim minim optim extrem moment strat bacteri|a on criteri phenomen automat|ora us corp|era us gen|" +
    "ta  lemma schema stigma|e  formula nebula supernova nova larva antenna vertebra|" +
    "i us nucle radi foc loc stimul fung modul tor annul calcul|ves f hal wol shel sel loa thie cal lea|ves fe li kni wi|" +
    "es  gas bias lens alias atlas canvas bus campus status focus bonus apparatus census consensus|zes  quiz|" +
    "s  cache niche ache headache avalanche movie cookie calorie zombie selfie canoe shoe gpu cpu tpu npu imu relu gru " +
    "menu api roi poi kpi ski|ren  child|en an m wom|ice ouse m|eet oot f|eeth ooth t|eese oose g")
    .split("|").forEach((group) => {
      const [plural, single, ...words] = group.split(" ");
      words.forEach((word) => IRREGULAR.set(word + plural, word + single));
    });
  const SPELT = { "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i" };
  ("alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho " +
    "sigma sigma tau upsilon phi chi psi omega")
    .split(" ").forEach((name, at) => { SPELT[String.fromCharCode(0x3b1 + at)] = name; });
  const SPELT_ONES = new RegExp("[" + Object.keys(SPELT).join("") + "]", "g");
  const GONE = /[\p{M}\u00ad\u200b\u200c\u200d\u2060\ufeff]/gu;
  const APOSTROPHES = /(?<=[\p{L}\p{N}])['\u2019]s(?![\p{L}\p{N}])|['\u2019]/gu;
  const RUN = /[\p{L}\p{N}]+(?:(?<=[0-9])\.(?=[0-9])[\p{L}\p{N}]+)*/gu;
  const UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3000-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\ua9e0-\ua9ff\uaa60-\uaa7f\uac00-\ud7ff\uf900-\ufaff\u{1b000}-\u{1b16f}\u{20000}-\u{3ffff}";
  const ANY_UNSPACED = new RegExp("[" + UNSPACED + "]", "u");
  const SHARES = new RegExp("[" + UNSPACED + "]+|[^" + UNSPACED + "]+", "gu");
  const isUnspaced = (word) => ANY_UNSPACED.test(String.fromCodePoint(word.codePointAt(0) || 32));
  const size = (text) => /[\ud800-\udfff]/.test(text) ? Array.from(text).length : text.length;
  const cut = (text, most) => text.length <= most ? text : Array.from(text).slice(0, most).join("");

  function singular(word) {
    if (word.length < 4 || !/^[a-z]+$/.test(word)) return word;
    if (IRREGULAR.has(word)) return IRREGULAR.get(word);
    if (!/[^sui]s$/.test(word) || UNCHANGED.has(word)) return word;
    if (/.{2}ies$/.test(word)) return word.slice(0, -3) + "y";
    if (/(?:lyses|heses)$/.test(word)) return word.slice(0, -2) + "is";
    if (/(?:sses|shes|ches|xes|viruses)$/.test(word) || /.{3}oes$/.test(word)) return word.slice(0, -2);
    return word.slice(0, -1);
  }
  // Lower case, accents off, Greek letters by their names.
  function fold(text) {
    if (/[^\x00-\x7f]/.test(text)) {
      text = text.toLowerCase().normalize("NFKD").replace(GONE, "").toLowerCase()
        .replace(SPELT_ONES, (letter) => SPELT[letter]).normalize("NFC");
    }
    return text.toLowerCase().replace(APOSTROPHES, "");
  }
  function bigrams(run) {
    const signs = Array.from(run);
    return signs.length < 2 ? signs : signs.slice(1).map((sign, at) => signs[at] + sign);
  }
  const unit = (raw, place, joined) => ({ raw, word: singular(raw), place, joined, stops: STOP.has(raw) });
  // The words of a text, stop words included, in the order of their places.
  function units(text) {
    const folded = fold(text), runs = Array.from(folded.matchAll(RUN)), found = [];
    const hyphenAfter = (at) => at >= 0 && at + 1 < runs.length &&
      runs[at + 1].index === runs[at].index + runs[at][0].length + 1 && "-\u2010".includes(folded[runs[at + 1].index - 1]);
    let place = 0;
    runs.forEach(([run], at) => {
      let pieces = [cut(run, LONGEST)];
      if (ANY_UNSPACED.test(run)) {
        pieces = run.match(SHARES).flatMap((share) => isUnspaced(share) ? bigrams(share) : [cut(share, LONGEST)]);
      } else if (hyphenAfter(at) && !hyphenAfter(at - 1) && !hyphenAfter(at + 1)) {
        const next = runs[at + 1][0], both = size(run) + size(next);
        if (both >= 3 && both < 15 && !ANY_UNSPACED.test(next)) found.push(unit(run + next, place, true));
      }
      for (const piece of pieces) found.push(unit(piece, place++, false));
    });
    return found;
  }
  const folded = (name) => units(name).filter((one) => !one.joined).map((one) => one.word).join(" ");
  const slugged = (name) => (fold(name).match(/[a-z0-9]+/g) || []).join("-");

  const BLANK = /[\x00-\x20\x7f-\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000()[\]{},;]/g;
  const FIELD = ["author", "tag", "venue", "title", "year", "has"]
    .map((name) => name.replace(/./g, (c) => "[" + c + c.toUpperCase() + "]")).join("|");
  const TOKEN = new RegExp("(-(?=[^ -]))?(?:(" + FIELD + '):(?=[^ ]))?(?:"([^"]*)("?)|([^ "]+))', "g");
  const DATE = "([12][0-9]{3}(?:-(?:0[1-9]|1[0-2]))?)?";
  const DATES = new RegExp("^" + DATE + "(\\.\\.)?" + DATE + "$");
  const month = (date, otherwise) => Number(date.slice(0, 4)) * 12 + (date.length > 4 ? Number(date.slice(5)) - 1 : otherwise);
  function atom(kind, more) {
    return Object.assign({ kind, words: [], places: [], field: "", prefix: "", typed: false, joined: "", value: "", written: "", first: null, last: null }, more);
  }
  function dates(value, alone) {
    const found = DATES.exec(value);
    if (!found) return null;
    const [, from, range, to] = found;
    if (!(from || to) || !(range || (from && !alone)) || (!range && to)) return null;
    let first = from ? month(from, 0) : null, last = to ? month(to, 11) : null;
    if (!range) last = month(from, 11);
    if (first !== null && last !== null && first > last) { first = month(to, 0); last = month(from, 11); }
    return atom("dates", { value, first, last });
  }
  function phrase(all, field) {
    const kept = all.filter((one) => !one.joined && !one.stops);
    if (!kept.length) return [];
    return [atom(kept.length > 1 ? "phrase" : "words", {
      words: kept.map((one) => one.word), places: kept.map((one) => one.place - kept[0].place), field
    })];
  }
  function wordAtoms(all, field, place, prefixed, unfinished) {
    const singles = all.filter((one) => !one.joined), pair = all.filter((one) => one.joined && !one.stops);
    if (!singles.length) return [[], 0];
    const last = singles[singles.length - 1], unspaced = isUnspaced(last.raw);
    if (singles.length > 1 && field !== "author" && singles.some((one) => isUnspaced(one.raw))) {
      return [phrase(all, field), singles.length];
    }
    const typed = unfinished && !prefixed;
    let begun = prefixed || (typed && (unspaced || size(last.raw) >= SHORTEST_TYPED)) || (unspaced && size(last.raw) === 1);
    let kept = singles.filter((one) => field === "author" || !one.stops || (begun && one === last));
    let joined = pair.length && singles.length === 2 ? pair[0].word : "";
    if (joined && singles.some((one) => one.stops)) { kept = [pair[0]]; joined = ""; begun = false; }
    if (!kept.length) return [[], singles.length];
    return [[atom("words", {
      words: kept.map((one) => one.word), places: kept.map((one) => place + one.place - singles[0].place),
      field, prefix: begun ? last.raw : "", typed, joined: field === "author" ? "" : joined
    })], field ? 0 : singles.length];
  }
  function atomsOf(token, place, unfinished) {
    const quoted = token[3] !== undefined;
    let field = (token[2] || "").toLowerCase(), value = quoted ? token[3] : token[5];
    if (field === "tag" || field === "venue" || field === "has") {
      // Blanks alone: `trim` would take U+FEFF as well.
      const named = value.replace(/^ +| +$/g, "");
      return [named ? [atom(field, { value: named })] : [], 0];
    }
    if (field === "year" || (!field && !quoted)) {
      const found = dates(value, !field);
      if (found) return [[found], 0];
      if (unfinished && (field || /^[0-9-]*\.\.[0-9-]*$/.test(value))) return [[], 0];
    }
    if (field === "year") { value = "year " + value; field = ""; }
    const all = units(value);
    if (quoted && field !== "author") {
      if (unfinished && !token[4] && !value.endsWith(" ")) {
        const singles = all.filter((one) => !one.joined);
        return [phrase(singles.slice(0, -1), field).concat(wordAtoms(singles.slice(-1), field, place, false, true)[0]), 0];
      }
      return [phrase(all, field), 0];
    }
    return wordAtoms(all, field, place, !quoted && value.endsWith("*"), unfinished && !(quoted && token[4]));
  }
  // A query as clauses, all of which must hold; of a clause one atom, or, where it is negative, none.
  function parse(text, typing) {
    let leftOut = size(text) > MOST_CHARACTERS, bound = false, open = false, place = 0, count = 0;
    const read = cut(text, MOST_CHARACTERS).replace(BLANK, " ").replace(/[\u201c-\u201f]/g, '"')
      .replace(/\\(?=[\p{L}\p{Nl}\p{No}])/gu, "");
    const clauses = [];
    for (const token of read.matchAll(TOKEN)) {
      if (token[0] === "OR") { bound = open; continue; }
      const negative = Boolean(token[1]);
      const unfinished = Boolean(typing) && !negative && !leftOut && token.index + token[0].length === read.length;
      const [atoms, places] = atomsOf(token, place, unfinished);
      count += atoms.reduce((sum, one) => sum + Math.max(one.words.length, 1), 0);
      if (count > MOST_WORDS) { leftOut = true; break; }
      for (const one of atoms) {
        one.written = token[0].slice(negative ? 1 : 0);
        if (bound && !negative) clauses[clauses.length - 1].atoms.push(one);
        else clauses.push({ atoms: [one], negative });
        bound = false;
        open = true;
      }
      if (!atoms.length) open = bound;
      if (!negative) place += places;
    }
    return { clauses, leftOut };
  }
  // Where words that were looked for stand in a text: [[start, end], …] in UTF-16 units.
  function spans(text, words) {
    const wanted = new Set(words), found = [];
    for (const run of text.matchAll(/[\p{L}\p{N}\p{M}]+(?:['\u2019](?=\p{L})[\p{L}\p{M}]+|(?<=[0-9])\.(?=[0-9])[\p{L}\p{N}]+)*/gu)) {
      const all = units(run[0]);
      if (!all.some((one) => wanted.has(one.word))) continue;
      if (!ANY_UNSPACED.test(run[0])) { found.push([run.index, run.index + run[0].length]); continue; }
      let end = -1;
      const signs = Array.from(run[0]);
      let at = run.index;
      signs.forEach((sign, place) => {
        const pair = fold(sign + (signs[place + 1] || ""));
        const stop = at + sign.length + (signs[place + 1] || "").length;
        if (wanted.has(pair)) {
          if (found.length && end >= at) found[found.length - 1][1] = stop;
          else found.push([at, stop]);
          end = stop;
        }
        at += sign.length;
      });
    }
    return found;
  }
  window.digestSearch = { fold, units, folded, slugged, isUnspaced, parse, spans };
})();
