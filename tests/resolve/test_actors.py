"""Names become actors: surely where they are the same, unsure where two fit, and whatever the order they come in."""

from __future__ import annotations

import random

import pytest

from parley.codebooks import ActorEntry, Codebook
from parley.resolve import personal
from parley.resolve.actors import Name, Use, resolve
from parley.resolve.names import Likeness

BOOK = Codebook(
    names=("test",),
    sha256="0",
    parties=("Calvera", "Veyra"),
    actors=(
        ActorEntry("Calvera", "government", "Calvera", demonyms=("Calveran", "Calverans"), capital="Adrim"),
        ActorEntry("Mira Solvane", "person", "Calvera", "Foreign Minister", aliases=("Madam Solvane",)),
        ActorEntry("Toven Brigades", "organisation", "Veyra"),
    ),
)


def n(name: str, kind: str = "person", side: str | None = None, uses: int = 1, role: str | None = None) -> Name:
    return Name(f"{name} [{side}]" if side else name, name, kind, side, role, uses)


def told(*names: Name) -> set[tuple[str, str, str, str]]:
    """(name, actor, judgement, rule) of every link."""
    actors, links = resolve(names, BOOK)
    by_id = {a.id: a.name for a in actors}
    return {(link.left, by_id[link.right], link.judgement, link.rule) for link in links}


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ([n("Mira Solvane")], {("Mira Solvane", "Mira Solvane", "positive", "exact")}),
        (
            [n("Foreign Minister Mira Solvane")],
            {("Foreign Minister Mira Solvane", "Mira Solvane", "positive", "exact")},
        ),
        ([n("Madam Solvane")], {("Madam Solvane", "Mira Solvane", "positive", "alias")}),
        ([n("Adrim", "government")], {("Adrim", "Calvera", "positive", "alias")}),
        ([n("the Calverans", "group")], {("the Calverans", "Calvera", "positive", "alias")}),
        ([n("Solvane")], {("Solvane", "Mira Solvane", "positive", "surname")}),
        ([n("M. Solvane")], {("M. Solvane", "Mira Solvane", "positive", "initials")}),
        ([n("Mira Slovane")], {("Mira Slovane", "Mira Solvane", "positive", "spelling")}),
        ([n("Toven Brigade", "organisation")], {("Toven Brigade", "Toven Brigades", "positive", "spelling")}),
        ([n("residents", "group")], set()),
        ([n("Western officials", "unknown")], set()),
        ([n("Ambrovan envoy")], set()),
        ([n("Aldan Reve and Senn Idrow", "unknown")], set()),
        ([n("harbour union", "organisation")], {("harbour union", "harbour union", "positive", "exact")}),
    ],
    ids=lambda v: v[0].name if isinstance(v, list) else "",
)
def test_one_name_is_linked(names: list[Name], expected: set[tuple[str, str, str, str]]) -> None:
    assert told(*names) == expected


def test_two_people_with_one_surname_stay_two() -> None:
    links = told(n("Oran Melk"), n("Tessa Melk"), n("Melk"))
    assert ("Melk", "Oran Melk", "unsure", "surname") in links
    assert ("Melk", "Tessa Melk", "unsure", "surname") in links
    assert {x for x in links if x[2] == "positive"} == {
        ("Oran Melk", "Oran Melk", "positive", "exact"),
        ("Tessa Melk", "Tessa Melk", "positive", "exact"),
    }


def test_the_side_tells_two_people_with_one_surname_apart() -> None:
    links = told(n("Oran Melk", side="Veyra"), n("Tessa Melk", side="Calvera"), n("Melk", side="Veyra"))
    assert ("Melk [Veyra]", "Oran Melk", "positive", "surname") in links
    assert not any(x[:2] == ("Melk [Veyra]", "Tessa Melk") for x in links)


def test_of_two_spellings_the_one_printed_more_often_names_the_actor() -> None:
    assert told(n("Oran Yessin", uses=9), n("Oran Yesssin", uses=2)) == {
        ("Oran Yessin", "Oran Yessin", "positive", "exact"),
        ("Oran Yesssin", "Oran Yessin", "positive", "spelling"),
    }


def test_short_words_that_differ_by_a_letter_are_different_names() -> None:
    assert {x[1] for x in told(n("Iran", "government"), n("Iraq", "government"))} == {"Iran", "Iraq"}


def test_actors_carry_role_side_and_other_names() -> None:
    actors, _ = resolve([n("Solvane", role="minister"), n("Oran Melk", side="Veyra", role="negotiator")], BOOK)
    assert {(a.name, a.kind, a.role, a.side, a.aliases) for a in actors} == {
        ("Mira Solvane", "person", "Foreign Minister", "Calvera", ("Madam Solvane", "Solvane")),
        ("Oran Melk", "person", "negotiator", "Veyra", ()),
    }


def test_the_order_of_names_changes_nothing() -> None:
    names = [
        n("Oran Melk"),
        n("Melk", uses=4),
        n("O. Melk"),
        n("Oran Mellk"),
        n("Solvane"),
        n("Adrim", "place"),
        n("Dr Essery"),
        n("Ana Essery"),
    ]
    names += [
        n("Melk", side="Veyra"),
        n("Ana Essery", side="Calvera"),
        n("Ana Essery", side="Veyra"),
        n("Oran Melk", side="Veyra", uses=2),
        n("Oran Melk", kind="unknown"),
    ]
    first = resolve(names, BOOK)
    for seed in range(8):
        shuffled = list(names)
        random.Random(seed).shuffle(shuffled)
        assert resolve(shuffled, BOOK) == first


def test_both_sides_are_treated_alike() -> None:
    swap = {"Calvera": "Veyra", "Veyra": "Calvera", None: None}
    names = [n("Oran Melk", side="Veyra"), n("Tessa Melk", side="Calvera"), n("Melk"), n("Melk", side="Calvera")]
    empty = Codebook(names=(), sha256="")
    mirrored = [Name(x.key, x.name, x.kind, swap[x.side], x.role, x.uses) for x in names]
    there, here = resolve(mirrored, empty)[1], resolve(names, empty)[1]
    assert [(x.left, x.judgement, x.rule) for x in there] == [(x.left, x.judgement, x.rule) for x in here]


def test_twice_the_names_take_about_twice_the_comparisons(monkeypatch: pytest.MonkeyPatch) -> None:
    def comparisons(count: int) -> int:
        rng = random.Random(7)

        def word() -> str:
            return "".join(rng.choice("abdeghiklmnorstuvy") for _ in range(rng.randint(4, 9))).title()

        given = [word() for _ in range(60)]
        names = [n(f"{rng.choice(given)} {word()}") for _ in range(count)]
        made = 0

        def counted(left: personal.Person, right: personal.Person) -> Likeness:
            nonlocal made
            made += 1
            return alike(left, right)

        alike = personal.alike
        with monkeypatch.context() as patch:
            patch.setattr(personal, "alike", counted)
            resolve(names, BOOK)
        return made

    assert comparisons(1000) < 4 * 1000
    assert comparisons(8000) < 4 * 8000


# --- what depends on the article ------------------------------------------------------------------------------------


def local(names: list[Name], uses: list[Use]) -> set[tuple[str, str, str]]:
    actors, links = resolve(names, BOOK, lambda keys: [u for u in uses if u.key in keys])
    by_id = {a.id: a.name for a in actors}
    return {(x.left, by_id[x.right], x.judgement) for x in links if x.left.endswith(tuple(u.article for u in uses))}


def dated(name: str, side: str, role: str, day: str, kind: str = "person") -> Name:
    return Name(f"{name.lower()} [{side.lower()}]", name, kind, side, role, 1, day, day)


def test_an_office_means_whoever_holds_it_on_that_day() -> None:
    names = [
        dated("Oran Melk", "Veyra", "president", "2031-01-05"),
        dated("Oran Melk", "Veyra", "president", "2031-02-05"),
        dated("Tessa Wray", "Veyra", "President", "2031-06-05"),
        dated("Veyra president", "Veyra", "Veyra president", "2031-01-20"),
        dated("Veyra president", "Veyra", "Veyra president", "2031-06-20"),
    ]
    days = ("2031-01-20", "2031-04-01", "2031-06-20", None)
    uses = [Use("veyra president [veyra]", f"ar_{n}", "Veyra president", day) for n, day in enumerate(days)]
    assert local(names, uses) == {
        ("veyra president [veyra] @ar_0", "Oran Melk", "positive"),
        ("veyra president [veyra] @ar_2", "Tessa Wray", "positive"),
    }


def test_a_surname_of_two_means_the_one_whose_role_the_article_gives() -> None:
    names = [
        n("Oran Melk", role="negotiator"),
        n("Lio Melk", role="mayor of Fennick"),
        n("Melk", role="mayor"),
        n("Melk", role="chief negotiator"),
        n("Melk"),
    ]
    uses = [Use("Melk", f"ar_{i}", role) for i, role in enumerate(("mayor", "chief negotiator", None))]
    assert local(names, uses) == {("Melk @ar_0", "Lio Melk", "positive"), ("Melk @ar_1", "Oran Melk", "positive")}


def test_father_and_son_are_told_apart_with_a_reason() -> None:
    _, links = resolve([n("Ada Tarn Sr."), n("Ada Tarn Jr."), n("Ada Tarn")], BOOK)
    assert {(x.left, x.judgement, x.rule) for x in links} >= {
        ("Ada Tarn Jr.", "positive", "exact"),
        ("Ada Tarn Sr.", "positive", "exact"),
        ("Ada Tarn Sr.", "negative", "generation"),
        ("Ada Tarn", "unsure", "generation"),
    }
    assert all(x.detail and 0 <= x.score <= 1 for x in links)


def test_organs_are_their_owners_and_not_the_owner() -> None:
    links = told(
        n("Calvera", "government"),
        n("the Calveran government", "organisation"),
        n("Calveran army", "organisation", "Calvera", uses=3),
        n("army", "organisation", "Calvera"),
        n("army", "organisation"),
        n("the armed wing of Veyra", "organisation", "Veyra"),
    )
    assert {(left, name) for left, name, judgement, _ in links if judgement == "positive"} == {
        ("Calvera", "Calvera"),
        ("the Calveran government", "Calvera"),
        ("Calveran army [Calvera]", "Calveran army"),
        ("army [Calvera]", "Calveran army"),
        ("the armed wing of Veyra [Veyra]", "the armed wing of Veyra"),
    }
