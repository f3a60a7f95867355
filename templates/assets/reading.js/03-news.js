// Which papers are new since the last visit.
(function () {
  "use strict";
  const reading = digestReading;
  const { element, find, say, many, lang, root, now, KEY, PAPER, recall, keep, drop, shelf } = reading;
  const VISIT = 6 * 3600, CHECK = 600;

  // The site is the same for all readers and tells no time: this browser compares two sketches of the
  // set of its papers (digest/website/saved.py says how), that of its last visit and today's. A visit
  // ends where nothing was looked at for some hours.
  const SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  function mixed(code) {
    code = Math.imul(code ^ code >>> 16, 0x85EBCA6B);
    code = Math.imul(code ^ code >>> 13, 0xC2B2AE35);
    return code ^ code >>> 16;
  }
  const checked = (code) => mixed(code ^ 0x9E3779B9) & 0xFFF;
  function hashed(slug) {
    let crc = -1;
    for (let at = 0; at < slug.length; at++) {
      crc ^= slug.charCodeAt(at);
      for (let bit = 0; bit < 8; bit++) crc = crc >>> 1 ^ (crc & 1 ? 0xEDB88320 : 0);
    }
    return ~crc;
  }
  // Three tables of cells: how many papers modulo 64, their hashes, their checks. A larger table is
  // folded onto a smaller one.
  function cells(text, size) {
    const whole = text.length / 27, made = Array.from({ length: 3 * size }, () => [0, 0, 0]);
    const number = (from, to) => { let n = 0; for (let at = from; at < to; at++) n = n * 64 + SIGNS.indexOf(text[at]); return n; };
    for (let at = 0; at < 3 * whole; at++) {
      const cell = made[Math.floor(at / whole) * size + at % size], from = 9 * at;
      cell[0] += number(from, from + 1);
      cell[1] ^= number(from + 1, from + 7);
      cell[2] ^= number(from + 7, from + 9);
    }
    return made;
  }
  // Hashes of papers that are in the one sketch and not in the other: [came, went].
  function difference(old, young) {
    const size = Math.min(old.length, young.length) / 27, last = size - 1;
    const rest = cells(young, size), found = [new Set(), new Set()];
    cells(old, size).forEach((cell, at) => {
      rest[at] = [rest[at][0] - cell[0] & 63, rest[at][1] ^ cell[1], rest[at][2] ^ cell[2]];
    });
    for (let more = true; more;) {
      more = false;
      rest.forEach(([count, code, check], at) => {
        const kind = count === 1 ? 0 : 1;
        if ((count !== 1 && count !== 63) || check !== checked(code) || found[kind].has(code)) return;
        const spread = mixed(code), places = [0, 1, 2].map((table) => table * size + (spread >>> 9 * table & last));
        if (!places.includes(at)) return;
        found[kind].add(code);
        more = true;
        for (const one of places) rest[one] = [rest[one][0] - count & 63, rest[one][1] ^ code, rest[one][2] ^ check];
      });
    }
    return found;
  }
  let fresh = new Set(), gone = new Set();
  const isSketch = (text) => typeof text === "string" && /^(?:[\w-]{27})+$/.test(text);
  function showNews(visit) {
    if (!visit.since || !isSketch(visit.base) || !isSketch(visit.known)) return;
    [fresh, gone] = difference(visit.base, visit.known);
    // Where too many came, the sketch no longer tells which; how many is still known.
    const n = Math.max(fresh.size, visit.papers - visit.before), news = find("[data-news]");
    if (news) {
      const [year, date] = [new Date().getFullYear(), new Date(visit.since * 1000)];
      const shown = date.toLocaleDateString(lang === "en" ? "en-GB" : lang, Object.assign({ day: "numeric", month: "long" }, year === date.getFullYear() ? {} : { year: "numeric" }));
      news.replaceChildren(n > 0 ? many("{n} new paper since {date}", "{n} new papers since {date}", n, { date: shown }) : say("Nothing new since {date}", { date: shown }));
      news.classList.toggle("has-news", n > 0);
    }
    reading.draw();
  }
  // What is known of papers that are saved no longer: it stayed for those who take that back.
  function tidy() {
    const saved = shelf("saved");
    try {
      Object.keys(localStorage).filter((key) => key.startsWith(PAPER) && !saved.has(key.slice(PAPER.length))).forEach(drop);
    } catch (error) { /* nothing is kept */ }
  }
  function startVisit() {
    const visit = recall(KEY.visit) || {}, time = now();
    if (!(time - visit.last < VISIT)) Object.assign(visit, { since: visit.last, base: visit.known, before: visit.papers, checked: 0 });
    if (visit.last !== undefined && !visit.checked) tidy();
    visit.last = time;
    keep(KEY.visit, visit);
    if (!find(".entry, [data-news], [data-results]")) return;
    if (time - visit.checked < CHECK) { showNews(visit); return; }
    window.digestKnown = function (papers, known) {
      Object.assign(visit, { papers, known, checked: time });
      if (!isSketch(visit.base)) Object.assign(visit, { base: known, before: papers });
      keep(KEY.visit, visit);
      showNews(visit);
    };
    // Nobody waits for it. Hosts let scripts be kept for a day or longer: asked for by the time, it is no older.
    const script = element("script", { src: root + "data/known.js?" + Math.floor(time / CHECK) });
    if (document.readyState === "complete") document.head.append(script);
    else addEventListener("load", () => document.head.append(script));
  }

  // Whether a paper came since then; one that only has another address now did not.
  const isNew = (slug, was) => fresh.size > 0 && fresh.has(hashed(slug)) && !was.some((old) => gone.has(hashed(old)));
  Object.assign(reading, { isNew, startVisit });
})();
