"""Papers looked up at services on the web, by identifier and by search."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from digest.catalogue.cleaning import cleaned
from digest.enrich.client import Client, Clock, SystemClock, Unavailable
from digest.enrich.gaps import Gap
from digest.enrich.judge import NOTHING, Candidate, Verdict, judge
from digest.enrich.services import (
    ARXIV,
    BATCH,
    CROSSREF,
    OPENALEX,
    SERVICES,
    Contact,
    Service,
    arxiv_by_id,
    crossref_by_doi,
    is_whole,
    openalex_by_doi,
    read_reply,
    searches,
)
from digest.enrich.snapshots import Advance, bare
from digest.paper import Sighting, Source
from digest.problems import Problem

_WANTED = frozenset({"title", "authors", "published", "abstract", "eprint"})
"""Fields for whose sake a service is asked: hardly a paper has all others."""


class Online:
    """The three services."""

    def __init__(
        self,
        contact: str,
        cache: Path,
        advance: Advance,
        clock: Clock | None = None,
        timeout: float = 30.0,
    ) -> None:
        """`contact`: a mail address that services may write to. `cache`: folder of replies."""
        self._contact = Contact(contact)
        self._advance = advance
        clock = clock or SystemClock()
        self._clients = {
            service.name: Client(
                service.name, service.interval, self._contact.agent, cache, clock, timeout
            )
            for service in SERVICES
        }
        self._silent: dict[str, str] = {}

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Services that did not answer."""
        hint = "Run “digest enrich --online” again: what was answered is not asked again."
        return tuple(
            Problem("", None, "warning", why, hint) for _, why in sorted(self._silent.items())
        )

    def ask(self, gaps: Sequence[Gap]) -> list[Verdict]:
        """What the services tell of each paper."""
        verdicts = [NOTHING] * len(gaps)
        asked = [n for n, gap in enumerate(gaps) if not _WANTED.isdisjoint(gap.missing)]
        numbered = [n for n in asked if gaps[n].known.eprint]
        done = 0
        for start in range(0, len(numbered), BATCH):
            some = numbered[start : start + BATCH]
            eprints = [gaps[n].known.eprint or "" for n in some]
            met = self._get(ARXIV, arxiv_by_id(eprints))
            for n in some:
                verdicts[n] = judge(gaps[n], met)
            done += len(some)
            self._advance("ask", done, len(asked))
        for n in asked:
            if not gaps[n].known.eprint:
                verdicts[n] = self._look_up(gaps[n])
                done += 1
                self._advance("ask", done, len(asked))
        return verdicts

    def _look_up(self, gap: Gap) -> Verdict:
        doi = gap.known.doi
        questions = (
            [
                (CROSSREF, crossref_by_doi(doi, self._contact)),
                (OPENALEX, openalex_by_doi(doi, self._contact)),
            ]
            if doi
            else searches(gap, self._contact)
        )
        refused = NOTHING
        for service, url in questions:
            verdict = judge(gap, self._get(service, url))
            if verdict.match is not None:
                return verdict
            if verdict.refused:
                refused = verdict
        return refused

    def _get(self, service: Service, url: str) -> list[Candidate]:
        whole: Callable[[bytes], bool] = lambda body: is_whole(service, body)  # noqa: E731
        try:
            body = self._clients[service.name].get(url, whole)
        except Unavailable as silent:
            self._silent.setdefault(service.name, str(silent))
            return []
        source = Source(service.name, "online", 0, 0, 1, 1)
        return [
            Candidate(bare(cleaned(Sighting(record, source))), service.name, "")
            for record in read_reply(service, body)
        ]
