"""What `digest init` puts into a new digest's folder."""

from __future__ import annotations

from pathlib import Path

CONFIG = """\
# Settings of this digest. Every line may be left out.
title: Our reading list
description: Papers worth reading, grouped by topic and date.
# publisher: Example Lab
# base_url: https://example.org/digest/   # where the site will stand: feeds and the sitemap need it
# accent: "#7a1f2b"                       # the site's one colour
"""

WELCOME = """\
---
title: How to feed this digest
---
Drop text files into the folder `content/`: whatever you copied from a page that lists papers.
Then run `digest build` and open `site/index.html`.

- `digest read content/FILE` shows what is understood of a file.
- Edit or delete this page: it is `content/pages/welcome.md`.
"""

EXAMPLE = """\
---
title: A Mathematical Theory of Communication
authors: [Claude E. Shannon]
date: 1948-07
doi: 10.1002/j.1538-7305.1948.tb01338.x
venue: Bell System Technical Journal
tags: [information theory]
---
We treat communication as the problem of reproducing at one point a message chosen at another. The
information of a source is measured by its entropy $H = -\\sum_i p_i \\log_2 p_i$, and every channel
is shown to have a capacity: below it, codes exist that make errors as rare as one likes; above it,
none do.
"""

WORKFLOW = """\
# Builds the digest at every push and each morning, and publishes it on GitHub Pages.
name: digest
on:
  push:
    branches: [main]
  schedule:
    - cron: "17 5 * * *"
  workflow_dispatch:
permissions:
  contents: read
  pages: write
  id-token: write
concurrency:
  group: pages
jobs:
  build:
    runs-on: ubuntu-latest
    environment:
      name: github-pages
      url: ${{ steps.deploy.outputs.page_url }}
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      - run: pip install litdigest
      - id: pages
        uses: actions/configure-pages@v5
      - run: digest build --base-url "${{ steps.pages.outputs.base_url }}/"
      - uses: actions/upload-pages-artifact@v3
        with:
          path: site
      - id: deploy
        uses: actions/deploy-pages@v4
"""

FILES = {
    "digest.yaml": CONFIG,
    "content/classics/shannon-1948.md": EXAMPLE,
    "content/pages/welcome.md": WELCOME,
    ".github/workflows/digest.yml": WORKFLOW,
    ".gitignore": "/site/\n/.digest/\n",
}


def scaffold(folder: Path) -> tuple[list[str], list[str]]:
    """Write what is missing; return the paths made and those that were there and stay.

    Raises OSError where the folder cannot be written.
    """
    made, kept = [], []
    for name, text in FILES.items():
        path = folder / name
        if path.exists():
            kept.append(name)
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        made.append(name)
    return made, kept
