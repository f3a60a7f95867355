"""The interface's language: its words, dates and numbers.

Every text of the interface stands in English where it is used, in Python (`words.say("Undated")`),
in templates (`{{ _("Undated") }}`) and in scripts (`say("Undated")`); a catalogue of each other
language, in `catalogues/`, says what stands for it there. `make words` brings the catalogues up to
date with the texts.
"""

from digest.language.catalogue import Fault, find_faults, languages
from digest.language.words import Words, noted, words_of

__all__ = ["Fault", "Words", "find_faults", "languages", "noted", "words_of"]
