"""Closed word classes of English: the seams of its phrases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.catalogue.sentences import listed

if TYPE_CHECKING:
    pass


DETERMINERS = listed(
    """a an the our its their this that these those such some several various certain many any
    another both my his her one's following"""
)


FILLERS = listed(
    """novel new newly innovative simple simple-yet-effective original brand-new first first-ever
    interesting promising so-called proposed presented very quite conceptually brief short
    detailed first-of-its-kind yet surprisingly remarkably highly main recent present pioneering
    resulting"""
)
"""Praise and noise before a noun: left out where a phrase begins."""


PREPOSITIONS = listed(
    """of in on at by for with without within from to into onto via through throughout under over
    between among amongst across against along about above below beyond during after before
    behind beneath beside besides despite except inside near off outside per since toward
    towards until upon versus vs than as like unlike regarding concerning amid"""
)


CONJUNCTIONS = listed("and or but nor yet so & plus")


RELATIVES = listed("that which who whose whom where when while")


SUBORDINATORS = listed(
    """because since although though if unless whereas while when where thus thereby therefore
    hence however whether so once such"""
)


PARTICIPLES = listed(
    """using based leveraging exploiting combining involving containing consisting allowing
    enabling including satisfying utilizing utilising employing incorporating arising depending
    having describing aiming called named termed dubbed denoted given obtained generated
    integrating consisting driven designed capable able inspired equipped built trained aimed
    defined known derived taking making providing achieving requiring starting relying acting
    coming preserving extending generalizing according due together associated related only both
    tailored specifically particularly especially respectively resulting leading addressing
    considering assuming applying introducing capturing ranging comprising performing operating
    implemented developed proposed deployed subject focusing focused where composed induced
    caused motivated entitled suitable available rather instead even
    corresponding emerging originating pertaining referring"""
)


AUXILIARIES = listed(
    """is are was were be been being has have had can could may might will would shall should must
    does do did cannot"""
)


REFERENCES = listed(
    """this these it its they them their such our we us i my he she his her itself themselves"""
)


LIST_NUMBERS = listed("i) ii) iii) 1) 2) 3) a) b) (i) (ii) (1) (2) (a) (b) (3) (iii)")


GENERIC = listed(
    """method methods approach approaches gap gaps limitation limitations framework frameworks
    model models algorithm algorithms technique techniques system systems paradigm strategy
    strategies scheme solution solutions architecture architectures network networks module
    modules mechanism procedure tool tools theory results result problem problems task tasks
    paper work study analysis dataset datasets benchmark pipeline perspective formulation unit
    way set class issue question concept idea notion metric measure loss objective process
    property properties effect effects phenomenon challenge challenges setting settings case
    cases example examples function functions type types kind formula experiments theorem
    evidence research investigation improved efficient effective end-to-end general unified
    simple novel new"""
)
"""Words that do not yet say what a paper is about."""
