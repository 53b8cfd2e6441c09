"""The closed word classes of English that telling names, subjects and clauses apart leans on."""

from __future__ import annotations

from functools import lru_cache


def word_set(text: str) -> frozenset[str]:
    """A word list as one writes it down: words parted by spaces."""
    return frozenset(text.split())


ARTICLES = word_set("the a an")
DETERMINERS = ARTICLES | word_set(
    """
    this that these those his her its their our my your some any every each no both several many most few two
    three four five six seven eight nine ten one another other such all half
    """
)
PRONOUNS = word_set("he she they it we i you who")
OBJECT_PRONOUNS = word_set("him her them it us me you")
PREPOSITIONS = word_set(
    """
    of in on at to from for with by about against between among during before after since until under over
    into onto through across within without toward towards amid despite near behind beyond around like as per
    via upon regarding concerning following including inside outside ahead because than
    """
)
SUBORDINATORS = word_set(
    """
    that because if when whenever while whereas although though since unless until after before as where why
    how whether which who whom whose what once so
    """
)
COORDINATORS = word_set("and or but nor yet plus")
BE = word_set("is are was were be been being am 's 're isn't aren't wasn't weren't")
HAVE = word_set("has have had having hasn't haven't hadn't 've")
DO = word_set("do does did don't doesn't didn't")
MODALS = word_set(
    """
    will would can could may might must shall should won't wouldn't can't cannot couldn't shouldn't 'll 'd
    """
)
AUXILIARIES = BE | HAVE | DO | MODALS
NEGATIONS = word_set("not never n't")
ADVERBS = word_set(
    """
    also further then later earlier again now still already just ever never not only even too once twice often
    always sometimes soon yesterday today tomorrow tonight long instead meanwhile however therefore thus
    moreover furthermore nevertheless nonetheless indeed perhaps maybe ago almost first since publicly both
    all
    """
)
WEEKDAYS = word_set("monday tuesday wednesday thursday friday saturday sunday")
MONTHS = word_set(
    """
    january february march april may june july august september october november december jan. feb. mar. apr.
    aug. sept. oct. nov. dec.
    """
)
TIMES = WEEKDAYS | word_set("yesterday today tonight tomorrow")
_NOT_ADVERBS = word_set(
    """
    family ally italy july assembly supply reply rally only monopoly anomaly fly apply daily weekly monthly
    early elderly friendly likely deadly emily sicily homily
    """
)
VERBS = word_set(
    """
    go goes went gone come comes came make makes made take takes took get gets got give gives gave keep keeps
    kept hold holds held put puts set sets leave leaves left lead leads led run runs ran stand stands stood
    bring brings brought begin begins began become becomes became send sends sent meet meets met win wins won
    lose loses lost fall falls fell rise rises rose kill kills hit hits cut cuts pay pays paid sell sells sold
    buy buys bought build builds built find finds found fight fights fought continue continues remain remains
    need needs use uses work works help helps start starts stop stops end ends face faces want wants seem
    seems strike strikes struck break breaks broke drive drives drove grow grows grew draw draws drew flee
    fled spend spends spent try tries let lets mean means show shows play plays move moves live lives turn
    turns provide provides include includes allow allows require requires know knows knew think thinks thought
    see sees saw seen feel feels felt
    """
)


_REMEMBERED = 16_384
"""How many different words each question below remembers its answer for: texts repeat their words."""


@lru_cache(_REMEMBERED)
def is_adverb(word: str) -> bool:
    """True for a word that may stand between a subject and its verb."""
    return word in ADVERBS or (len(word) > 4 and word.endswith("ly") and word not in _NOT_ADVERBS)


@lru_cache(_REMEMBERED)
def is_mark(word: str) -> bool:
    """True for a token that is punctuation."""
    return not any(c.isalnum() for c in word)
