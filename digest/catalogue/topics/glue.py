"""Words that stand between terms, never inside of one."""

from __future__ import annotations

from digest.catalogue.topics.stems import stem

GLUE = frozenset(
    map(
        stem,
        """
        a ability able about above abstract achieve achieved achieves achieving across address
        addressed addresses addressing after again against aim aims all allow allowed allowing
        allows almost along already also although always am among amongst an analyse analyze
        analyzed analyzes and another any applied applies apply applying approach approaches are
        aren art article as at author available away based be became because become becomes been
        before being below best better between beyond big both but by called came can cannot
        capture captures capturing challenge challenges challenging code com combine combined
        combines combining common commonly compare compared compares comparing comprehensive
        consider considered considering considers contain contains could current demonstrate
        demonstrated demonstrates demonstrating describe described describes describing design
        designed designs develop developed developing develops did different discuss discussed
        discusses do does doing done down due during e each effective efficient either else
        employ employed employs enable enabled enables enabling enough especially establish
        establishes et etc evaluate evaluated evaluates evaluating even ever every exist
        existing exists explore explored explores exploring extend extended extends extensive
        few find finding finds first five focus focused focuses for former found four from
        further furthermore g general generate generates github give given gives giving good
        great greater had has have having he help helps hence her here herein high higher highly
        him his how however http https i if important improve improved improves improving in
        include included includes including incorporate incorporates incorporating increase
        increased increases increasing indeed instead into introduce introduced introduces
        introducing investigate investigated investigates investigating is it its itself just
        key kind known large larger last later latter lead leading leads learn learned learns
        least led less let letter leverage leverages leveraging like likely low lower made main
        mainly major make makes making many may me mean means method methods might more moreover
        most mostly much must my namely nearly need needed needs neither never nevertheless new
        next no non none nor not novel now observe observed observes obtain obtained obtaining
        obtains of off often on once one ones only onto or org other others otherwise our out
        outperform outperforming outperforms over overcome own page paper particular
        particularly per perform performed performs perhaps possible present presented
        presenting presents previous prior project propose proposed proposes proposing prove
        proved proven proves provide provided provides providing publicly quite rather recent
        recently reduce reduced reduces reducing released relies rely relying remain remains
        require required requires requiring respectively result results reveal revealed reveals
        s same second see seem seems seen seven several shall she should show showed showing
        shown shows significant significantly similar simple simply since six small so solve
        solved solves solving some special specific state still studied studies study such
        suggest suggested suggests t tackle take taken takes ten than that the their them
        themselves then there thereby therefore therein these thesis they third this those
        though three through throughout thus to together too toward towards train trained two
        under until up upon us use used useful uses using usually utilize utilized utilizes
        various versus very via vs was we website well were what when where whereas whether
        which while who whole whom whose why wide widely will with within without work would www
        yet yield yielding yields you your zero
        """.split(),
    )
)
"""Stems that no phrase begins with, ends with or contains."""
JOINTS = frozenset(
    map(
        stem,
        """based driven aware like guided free enhanced powered assisted inspired oriented centric
        level specific agnostic constrained augmented induced enabled style type related""".split(),
    )
)
"""What may follow a phrase behind a hyphen: `deep learning-based`."""
WEAK_LAST = frozenset(
    map(
        stem,
        """approach method framework algorithm model system technique strategy scheme analysis study
        perspective survey review problem task case application setting way""".split(),
    )
)
"""A new phrase that ends so is the name of one paper's work, no term."""
