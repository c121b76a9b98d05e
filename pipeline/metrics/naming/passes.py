"""The passes over the names of a text, each of which mends what the ones before it left."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.metrics.comparisons.gaps import name_gaps
from pipeline.metrics.naming.accounts import name_of_accounts
from pipeline.metrics.naming.amends import (
    name_doers,
    name_of_year,
    name_pairs,
    name_remainders,
    name_sectors,
    name_structure,
)
from pipeline.metrics.naming.attributes import name_attributes
from pipeline.metrics.naming.bands import name_bands
from pipeline.metrics.naming.causes import name_causes
from pipeline.metrics.naming.charged import name_charged
from pipeline.metrics.naming.clipped import name_clipped
from pipeline.metrics.naming.compounds import name_compounds
from pipeline.metrics.naming.dealt_with import name_dealt_with
from pipeline.metrics.naming.declines import name_declines
from pipeline.metrics.naming.entries import name_entries
from pipeline.metrics.naming.fuller import name_in_full
from pipeline.metrics.naming.grades import name_grades
from pipeline.metrics.naming.kept import name_kept
from pipeline.metrics.naming.kinds import Kinds
from pipeline.metrics.naming.labels import name_lists
from pipeline.metrics.naming.left_out import name_left_out
from pipeline.metrics.naming.measured import name_measured
from pipeline.metrics.naming.members import name_members
from pipeline.metrics.naming.neighbours import name_neighbours
from pipeline.metrics.naming.own_words import name_in_own_words
from pipeline.metrics.naming.phrased import name_as_nouns
from pipeline.metrics.naming.pieces import name_pieces
from pipeline.metrics.naming.places_dealt import name_dealt
from pipeline.metrics.naming.places_listed import name_listed_places
from pipeline.metrics.naming.places_told import name_by_place
from pipeline.metrics.naming.priced import name_priced
from pipeline.metrics.naming.proportions import name_proportions
from pipeline.metrics.naming.purposes import name_purposes
from pipeline.metrics.naming.reckoned import name_reckoned
from pipeline.metrics.naming.run_in import name_run_in
from pipeline.metrics.naming.schools import name_of_schools
from pipeline.metrics.naming.shares import name_shares
from pipeline.metrics.naming.siblings import name_siblings
from pipeline.metrics.naming.sorts import name_sorts
from pipeline.metrics.naming.stages import name_stages
from pipeline.metrics.naming.taken_on import name_taken_on
from pipeline.metrics.naming.traits import name_traits
from pipeline.metrics.naming.wholes import name_wholes
from pipeline.metrics.naming.words import NameWords
from pipeline.metrics.page.bodies import Bodies
from pipeline.metrics.page.found import Found

_FIRST = (
    name_pieces, name_kept, name_compounds, name_members, name_dealt_with, name_remainders, name_pairs, name_doers, name_sectors, name_structure,
    name_attributes, name_of_year, name_in_full, name_proportions,
)  # fmt: skip
_IN_LISTS = (
    name_lists, name_shares, name_siblings, name_priced, name_dealt, name_of_accounts, name_neighbours, name_bands,
)  # fmt: skip


def mend_names(text: str, found: Sequence[Found], bodies: Bodies, kinds: Kinds, words: NameWords) -> None:
    """Mend the names of the numbers of a text, in place."""
    for mend in _FIRST:
        mend(text, found)
    name_of_schools(text, found, words)
    name_sorts(text, found, words)
    for mend in _IN_LISTS:
        mend(text, found)
    name_run_in(text, found, words)
    name_wholes(text, found)
    name_declines(text, found)
    name_traits(text, found, words)
    name_grades(text, found)
    kinds.name(text, found)
    name_causes(text, found)
    name_listed_places(text, found, bodies)
    name_by_place(text, found, bodies)
    name_purposes(text, found, words)
    name_taken_on(text, found)
    name_measured(text, found, words)
    name_stages(text, found, words)
    name_left_out(text, found, words)
    name_entries(text, found, words)
    name_charged(text, found, words)
    name_in_own_words(text, found, words)
    name_reckoned(text, found, words)
    name_clipped(text, found)
    name_as_nouns(found, words)
    name_gaps(text, found)
