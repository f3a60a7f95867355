"""What the package and the user know of the field, beside the papers themselves."""

from __future__ import annotations

from typing import NamedTuple

from digest.catalogue.topics.infer import Matcher
from digest.catalogue.topics.taxonomy import Taxonomy
from digest.catalogue.venues.registry import Registry


class Knowledge(NamedTuple):
    """Handed to every paper's understanding; never changed."""

    taxonomy: Taxonomy
    matcher: Matcher
    venues: Registry
    infers_tags: bool = True
    """Whether tags are found in the texts; if not, papers keep those that their sources give."""
