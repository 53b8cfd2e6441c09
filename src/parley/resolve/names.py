"""Whether two names mean one: graded, with the reason in words; used within an article and across articles."""

from __future__ import annotations

from dataclasses import dataclass

from parley.annotate.language.names import edits, initials_match, misspelt, normalise, surname

__all__ = ["Likeness", "compare", "edits", "initials_match", "misspelt", "normalise", "surname"]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two names are, 0 to 1, and by which rule."""

    score: float
    rule: str
    detail: str


def compare(left: str, right: str) -> Likeness:
    """The likeness of two names, from the surest rule that fits.

    `same` names are equal but for case, accents and articles; one is a `surname` of the other; `initials` stand for a given
    name; `spelling` differs by a slip in one word; else they are `different`. A surname alone is no proof: two people may share it.

    >>> [compare("the Côte d'Ivoire", "Cote d’Ivoire").rule, compare("Hamdan", "Osama Hamdan").rule]
    ['same', 'surname']
    >>> [compare("Hossam Bardan", "Hossam Badran").rule, compare("Ghazi Hamad", "Osama Hamdan").rule]
    ['spelling', 'different']
    """
    a, b = normalise(left), normalise(right)
    if not a or not b:
        return Likeness(0.0, "different", "one of the two is empty")
    if a == b:
        return Likeness(1.0, "same", f"“{left}” and “{right}” are the same name")
    if initials_match(left, right):
        return Likeness(
            0.85, "initials", f"“{left}” and “{right}” share the surname, and an initial fits the given name"
        )
    one, many = sorted((a.split(), b.split()), key=len)
    if len(one) == 1 and len(many) > 1 and one[0] in (surname(" ".join(many)), many[-1]):
        return Likeness(0.7, "surname", f"“{left}” and “{right}” share the surname")
    if _one_slip(one, many):
        return Likeness(0.75, "spelling", f"“{left}” and “{right}” differ by a slip of spelling")
    return Likeness(0.0, "different", f"“{left}” and “{right}” share no name")


def _one_slip(left: list[str], right: list[str]) -> bool:
    if len(left) != len(right):
        return False
    unlike = [(x, y) for x, y in zip(left, right, strict=True) if x != y]
    return len(unlike) == 1 and misspelt(*unlike[0])
