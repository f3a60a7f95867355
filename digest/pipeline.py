"""The stages of a build as one page of prose: one line a stage."""

from __future__ import annotations

from functools import partial

from digest.config import Config
from digest.drafts import is_due, waiting_pages
from digest.problems import Problem
from digest.task import Progress, Report, Task
from digest.understanding import Clock, Memory, Remembered, spread, understand
from digest.website.hosts import check_limits, limits_of
from digest.website.publish import publish
from digest.website.report import plan_report
from digest.website.site import describe_site, plan_site
from digest.website.standing import Standing
from digest.website.wording import words_for


def run(task: Task, memory: Memory, jobs: int, scheduler: str | None, progress: Progress) -> Report:
    """Take every stage; what `memory` holds of earlier builds is not made again."""
    config, theme, output = task.config, task.theme, task.output
    clock = Clock()
    found = understand(task, memory, jobs, progress, clock)
    content, catalogue = found.content, found.catalogue
    site = describe_site(config, catalogue, theme, content.pages)
    notes = {slug: note.body for slug, note in content.notes.items()}
    full_names = found.knowledge.venues.full_names
    infers_tags = "inferred-tags" not in config.without
    make_index = partial(
        memory.concordance.renew,
        broader=catalogue.taxonomy.ancestors if infers_tags else None,
        version=found.version,
        spread=partial(spread, jobs),
    )
    gone = found.addresses.gone(catalogue.papers)
    unkept = found.addresses.keep(task.registry) if task.registry is not None else ()
    pages = plan_site(
        catalogue, site, config, theme, content.pages, notes, full_names, make_index, gone
    )
    words = words_for(theme, config.language)
    pages += plan_report(found.files, found.problems, found.records, catalogue.papers, words)
    clock.tick("plan")
    published = publish(
        pages,
        site,
        theme,
        output,
        memory.standing,
        jobs=jobs,
        scheduler=scheduler,
        advance=partial(progress, "render"),
    )
    if memory.lasting:
        of_papers = {page.path: page for page in pages if page.template == "paper.html"}
        memory.last = Remembered(
            found.groups, config.fields or {}, found.knowledge, found.overrides, catalogue, site,
            theme, of_papers,
        )  # fmt: skip
    clock.tick("render")
    problems = (
        *found.problems,
        *unkept,
        *published.problems,
        *(p for file in found.files for p in file.problems),
        *_host_problems(config, memory.standing),
    )
    return Report(
        records=found.records,
        papers=len(catalogue.papers),
        duplicates=found.duplicates,
        pages=len(pages),
        written=published.written,
        unchanged=published.unchanged,
        removed=published.removed,
        problems=tuple(sorted(problems)),
        stages=tuple(clock.stages),
        changed=published.changed,
        waiting=waiting_pages(found.waiting, content, catalogue.papers) if task.drafts else (),
        due=is_due(found.waiting) and not task.drafts,
        unkept=bool(unkept),
    )


def _host_problems(config: Config, standing: Standing) -> tuple[Problem, ...]:
    if config.host == "none":
        return ()
    return tuple(check_limits(limits_of(config.host), standing.sizes(), config.without))
