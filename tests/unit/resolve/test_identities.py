"""One row for one actor across documents; different people stay apart; ids depend on content alone."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.resolve import known_forms as kept
from pipelines.resolve.identities import ACTORS_SCHEMA, resolve, resolve_identities

SCHEMA = {
    "document_id": pl.String, "entity_index": pl.Int32, "name": pl.String, "actor_type": pl.String,
    "country": pl.String, "role": pl.String, "aliases": pl.List(pl.String), "abbreviation": pl.String,
    "wikidata_id": pl.String, "mention_count": pl.Int32, "published_on": pl.Date,
    "country_basis": pl.String,
}  # fmt: skip
DAY = date(2004, 2, 25)


def entity(
    doc: str, index: int, name: str, kind: str = "person", country: str | None = None, **more: Any
) -> dict[str, Any]:
    row = {
        "document_id": doc, "entity_index": index, "name": name, "actor_type": kind, "country": country, "role": None,
        "aliases": [], "abbreviation": None, "wikidata_id": None, "mention_count": 1, "published_on": DAY,
        "country_basis": "told" if country else None,
    }  # fmt: skip
    return row | more


def test_an_inferred_state_keeps_nobody_apart_and_yields_to_a_told_one() -> None:
    rows = [
        entity("a", 0, "Acme Press", "media", "KEN"),
        entity("b", 0, "Acme Press", "media", "TCD", country_basis="inferred", mention_count=9),
    ]
    found, mapped = resolve_identities(pl.DataFrame(rows, schema=SCHEMA))
    assert mapped["actor_id"].n_unique() == 1
    assert found.select("country", "country_basis").rows() == [("KEN", "told")]


def test_people_without_a_name_keep_the_state_that_their_own_document_lets_one_infer() -> None:
    rows = [
        entity("a", 0, "creditor banks", "company", "JPN", country_basis="inferred", mention_count=9),
        entity("b", 0, "creditor banks", "company", mention_count=2),
        entity("c", 0, "creditor banks", "company", "FRA", country_basis="told"),
    ]
    found, mapped = resolve_identities(pl.DataFrame(rows, schema=SCHEMA))
    assert mapped["actor_id"].n_unique() == 3
    state = mapped.join(found, on="actor_id").sort("document_id")["country"].to_list()
    assert state == ["JPN", None, "FRA"]


def test_a_name_has_an_inferred_state_only_where_most_of_its_mentions_do() -> None:
    def states(unplaced: int) -> list[str | None]:
        return actors(
            entity("a", 0, "Northern Front", "armed_group", "TUR", country_basis="inferred", mention_count=3),
            entity("b", 0, "Northern Front", "armed_group", mention_count=unplaced),
        )["country"].to_list()

    assert states(2) == ["TUR"]
    assert states(3) == [None]


def ids(*rows: dict[str, Any]) -> list[str]:
    _, mapped = resolve_identities(pl.DataFrame(rows, schema=SCHEMA))
    return mapped["actor_id"].to_list()


def actors(*rows: dict[str, Any]) -> pl.DataFrame:
    return resolve_identities(pl.DataFrame(rows, schema=SCHEMA))[0]


def test_a_state_is_one_actor_under_any_name() -> None:
    found = actors(
        entity("a", 0, "U.S.", "country", "USA", aliases=["US"], mention_count=4),
        entity("b", 0, "United States", "country", "USA", published_on=date(2005, 1, 1)),
    )
    assert found.height == 1
    assert found["name"].to_list() == ["United States"]
    assert found["aliases"].to_list() == [["U.S.", "US"]]
    assert found["mention_count"].to_list() == [5]
    assert found.select("first_seen_on", "last_seen_on").row(0) == (DAY, date(2005, 1, 1))


def test_case_accents_initials_and_short_first_names_do_not_make_a_second_person() -> None:
    one = ids(
        entity("a", 0, "José Napoleón Duarte"),
        entity("b", 0, "JOSE NAPOLEON DUARTE"),
        entity("c", 0, "Jose Duarte"),
    )
    two = ids(entity("a", 0, "William J. Perry"), entity("b", 0, "Bill Perry"))
    assert len(set(one)) == 1
    assert len(set(two)) == 1


def test_arabic_particles_and_hyphens_do_not_make_a_second_person() -> None:
    assert len(set(ids(entity("a", 0, "Adel al-Jubeir"), entity("b", 0, "Adel bin Ahmed Al Jubeir")))) == 1
    assert len(set(ids(entity("a", 0, "Kim Yong-nam"), entity("b", 0, "Kim Yong Nam")))) == 1


def test_other_middle_names_and_other_first_names_are_other_people() -> None:
    assert len(set(ids(entity("a", 0, "Juan Manuel Paredes"), entity("b", 0, "Juan Carlos Paredes")))) == 2
    assert len(set(ids(entity("a", 0, "Anna Weiss"), entity("b", 0, "Peter Weiss")))) == 2
    assert len(set(ids(entity("a", 0, "Kim Dae Jung"), entity("b", 0, "Kim Young Jung")))) == 2


def test_a_surname_joins_the_only_bearer_of_its_state() -> None:
    full, alone, foreign = ids(
        entity("a", 0, "Daniyal Akhmetov", country="KAZ", role="Prime Minister"),
        entity("b", 0, "Akhmetov", country="KAZ"),
        entity("c", 0, "Akhmetov", country="UKR"),
    )
    assert full == alone
    assert foreign != full


def test_a_surname_that_two_bear_stays_apart_unless_the_title_tells() -> None:
    anna, peter, unknown, minister = ids(
        entity("a", 0, "Anna Weiss", country="AUT", role="foreign minister"),
        entity("b", 0, "Peter Weiss", country="AUT", role="bank spokesman"),
        entity("c", 0, "Weiss", country="AUT"),
        entity("d", 0, "Weiss", country="AUT", role="Minister"),
    )
    assert unknown not in (anna, peter)
    assert minister == anna


def test_a_surname_with_nothing_else_joins_nobody_and_no_other_document() -> None:
    full, one, other = ids(
        entity("a", 0, "Anna Weiss", country="AUT"), entity("b", 0, "Weiss"), entity("c", 0, "Weiss")
    )
    assert len({full, one, other}) == 3


def test_an_office_by_its_day_tells_father_from_son() -> None:
    senior, junior, alone_then, alone_later = ids(
        entity("a", 0, "George Bush", country="USA", published_on=date(1990, 5, 1)),
        entity("b", 0, "George W. Bush", country="USA", published_on=date(2003, 5, 1)),
        entity("c", 0, "Bush", country="USA", role="President", published_on=date(1991, 1, 20)),
        entity("d", 0, "Bush", country="USA", role="President", published_on=date(2005, 1, 20)),
    )
    assert senior == alone_then
    assert junior == alone_later
    assert senior != junior


def test_an_office_holder_by_surname_is_found_without_any_full_name_in_the_corpus() -> None:
    full, alone = ids(
        entity("a", 0, "Donald H. Rumsfeld", country="USA"),
        entity("b", 0, "Rumsfeld", country="USA", role="Defense Secretary"),
    )
    (elsewhere,) = ids(entity("b", 0, "Rumsfeld", country="USA", role="Defense Secretary"))
    assert full == alone == elsewhere


def test_a_ministry_is_one_body_in_either_word_order_and_another_in_another_state() -> None:
    one, two, three, four = ids(
        entity("a", 0, "Kazakh Defense Ministry", "government_body", "KAZ"),
        entity("b", 0, "Ministry of Defence of Kazakhstan", "government_body", "KAZ"),
        entity("c", 0, "Uzbek Defense Ministry", "government_body", "UZB"),
        entity("d", 0, "Defense Ministry", "government_body", None),
    )
    assert one == two
    assert len({one, three, four}) == 3


def test_embassies_of_one_state_in_two_states_are_two() -> None:
    assert len(set(ids(
        entity("a", 0, "U.S. Embassy in Kazakhstan", "government_body", "USA"),
        entity("b", 0, "U.S. Embassy in North Korea", "government_body", "USA"),
    ))) == 2  # fmt: skip


def test_an_abbreviation_joins_its_long_form() -> None:
    long, short, other = ids(
        entity("a", 0, "Northern Grain Board", "company", "CAN", abbreviation="NGB"),
        entity("b", 0, "NGB", "other_organization"),
        entity("c", 0, "NGO", "other_organization"),
    )
    assert long == short
    assert other != long


def test_an_organisation_without_state_joins_the_one_state_known_for_its_name() -> None:
    assert len(set(ids(entity("a", 0, "Aeroflot", "company", "RUS"), entity("b", 0, "Aeroflot", "company")))) == 1
    assert len(set(ids(
        entity("a", 0, "Popular Party", "political_party", "ESP"), entity("b", 0, "Popular Party", "political_party")
    ))) == 2  # fmt: skip


def test_type_country_and_name_are_what_most_mentions_say() -> None:
    found = actors(
        entity("a", 0, "SADYK SAFAEV", country="UZB", mention_count=5),
        entity("b", 0, "Sadyk Safaev", country="KAZ", mention_count=1),
    )
    assert found.select("name", "country").rows() == [("Sadyk Safaev", "UZB")]


def test_no_entities_give_empty_frames_with_all_columns() -> None:
    found, mapped = resolve_identities(pl.DataFrame(schema=SCHEMA))
    assert found.schema == ACTORS_SCHEMA
    assert found.is_empty()
    assert mapped.columns == ["document_id", "entity_index", "actor_id"]


_ROWS = st.lists(
    st.builds(
        entity,
        st.sampled_from("abcdef"),
        st.just(0),
        st.sampled_from(
            ["Bush", "George Bush", "George W. Bush", "George H.W. Bush", "Weiss", "Anna Weiss", "A. Weiss", "Kim Jong-il",
             "NGB", "Northern Grain Board", "Defense Ministry", "Ministry of Defense", "", "???", "al-", "U.S."]
        ),
        st.sampled_from(["person", "company", "government_body", "country", "population"]),
        st.sampled_from([None, "USA", "AUT", "PRK"]),
        role=st.sampled_from([None, "President", "Foreign Minister"]),
        abbreviation=st.sampled_from([None, "NGB"]),
        published_on=st.sampled_from([None, DAY, date(1990, 1, 1)]),
    ),
    max_size=8,
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(_ROWS, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(rows: list[dict[str, Any]], random: Any) -> None:
    rows = [row | {"entity_index": i} for i, row in enumerate(rows)]
    shuffled = random.sample(rows, len(rows))
    actors_one, map_one = resolve_identities(pl.DataFrame(rows, schema=SCHEMA))
    actors_two, map_two = resolve_identities(pl.DataFrame(shuffled, schema=SCHEMA))
    assert actors_one.equals(actors_two)
    key = ["document_id", "entity_index"]
    assert map_one.sort(key).equals(map_two.sort(key))
    assert map_one.height == len(rows)
    assert set(map_one["actor_id"]) == set(actors_one["actor_id"])


def test_a_leader_spelt_in_two_ways_is_one_and_his_namesake_another() -> None:
    one, other, third, son = ids(
        entity("a", 0, "Moammar Gadhafi", country="LBY"),
        entity("b", 0, "Muammar Qaddafi", country="LBY"),
        entity("c", 0, "Muammar Gaddafi", country="LBY"),
        entity("d", 0, "Seif Gadhafi", country="LBY"),
    )
    assert one == other == third
    assert son != one
    assert (
        len(set(ids(entity("a", 0, "Laurent Kabila", country="COD"), entity("b", 0, "Joseph Kabila", country="COD"))))
        == 2
    )


def test_two_kings_of_one_name_are_two_by_their_states() -> None:
    jordan, saudi = ids(
        entity("a", 0, "King Abdullah", country="JOR", published_on=date(2009, 5, 1)),
        entity("b", 0, "King Abdullah", country="SAU", published_on=date(2009, 5, 1)),
    )
    assert jordan != saudi


_FULL = ["Daniyal Akhmetov", "Anna Weiss", "Peter Weiss", "Adel al-Jubeir", "Kim Yong-nam", "José Duarte"]


def _mapped(rows: list[dict[str, Any]]) -> dict[tuple[str, int], str]:
    _, found = resolve_identities(pl.DataFrame(rows, schema=SCHEMA))
    return {(row["document_id"], row["entity_index"]): row["actor_id"] for row in found.iter_rows(named=True)}


def test_ids_are_kept_as_the_corpus_grows() -> None:
    first = [
        entity("a", 0, "Anna Weiss", country="AUT", role="foreign minister"),
        entity("a", 1, "Austria", "country", "AUT"),
        entity("b", 0, "Northern Grain Board", "company", "CAN", abbreviation="NGB"),
        entity("b", 1, "tobacco companies", "company"),
        entity("c", 0, "Kazakh Defense Ministry", "government_body", "KAZ"),
    ]
    later = [
        entity("d", 0, "Peter Weiss", country="AUT", role="spokesman", mention_count=9),  # of the same surname: another
        entity("d", 1, "Weiss", country="AUT", mention_count=9),
        entity("e", 0, "ANNA WEISS", country="AUT", mention_count=40),
        entity("e", 1, "NGB", "other_organization", mention_count=40),
        entity("f", 0, "Ministry of Defence of Kazakhstan", "government_body", "KAZ", mention_count=40),
        entity("f", 1, "Republic of Austria", "country", "AUT", mention_count=40),
    ]
    before, after = _mapped(first), _mapped(first + later)
    assert {key: after[key] for key in before} == before
    assert after["e", 0] == before["a", 0]
    assert len({after["a", 0], after["d", 0], after["d", 1]}) == 3


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from(_FULL), min_size=1, max_size=6),
    st.lists(st.sampled_from([*_FULL, "Weiss", "Akhmetov", "Duarte", "Kim"]), max_size=8),
    st.sampled_from([1, 50]),
)
def test_a_full_name_keeps_its_id_whoever_comes_later(old: list[str], new: list[str], mentions: int) -> None:
    first = [entity(f"old{n}", 0, name) for n, name in enumerate(old)]
    later = [entity(f"new{n}", 0, name, mention_count=mentions) for n, name in enumerate(new)]
    before, after = _mapped(first), _mapped(first + later)
    assert {key: after[key] for key in before} == before
    by_name = {row["name"]: after[row["document_id"], 0] for row in first + later if row["name"] in _FULL}
    assert len(set(by_name.values())) == len(by_name)


class Desk:
    """Batches of entities that come, change and go, resolved again after each; and which batches were read."""

    def __init__(self, warehouse: Path) -> None:
        self.warehouse = warehouse
        self.batches: dict[str, list[dict[str, Any]]] = {}
        self.read: list[str] = []

    def entities(self, batches: Sequence[str]) -> pl.DataFrame:
        self.read += batches
        rows = [
            row | {"document_id": f"{batch}-{row['document_id']}", "entity_index": n}
            for batch in batches
            for n, row in enumerate(self.batches[batch])
        ]
        return pl.DataFrame(rows, schema=SCHEMA)

    def look(self, version: str = "1") -> tuple[pl.DataFrame, pl.DataFrame]:
        digests = {batch: repr(rows) for batch, rows in self.batches.items()}
        return resolve(kept.known_forms(self.warehouse, digests, self.entities, version))

    def all_at_once(self) -> tuple[pl.DataFrame, pl.DataFrame]:
        return resolve_identities(self.entities(list(self.batches)))


def _are_equal(one: tuple[pl.DataFrame, pl.DataFrame], other: tuple[pl.DataFrame, pl.DataFrame]) -> bool:
    key = ["document_id", "entity_index"]
    return one[0].equals(other[0]) and one[1].sort(key).equals(other[1].sort(key))


@settings(max_examples=8, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("mnopq"), st.none() | _ROWS), min_size=3, max_size=7))
def test_whatever_batches_came_before_all_is_as_if_they_came_at_once(
    changes: list[tuple[str, list[dict[str, Any]] | None]],
) -> None:
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patched:
        patched.setattr(kept, "AT_ONCE", 1)
        patched.setattr(kept, "LARGEST", 3)
        desk = Desk(Path(name))
        for batch, rows in changes:
            desk.batches.pop(batch, None)
            if rows is not None:
                desk.batches[batch] = rows
            assert _are_equal(desk.look(), desk.all_at_once())


def test_only_new_batches_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "AT_ONCE", 2)
    monkeypatch.setattr(kept, "LARGEST", 4)
    desk = Desk(tmp_path)
    desk.batches = {f"b{n}": [entity("a", 0, f"Ann{n % 3} Smith", country="USA", aliases=["Ann"])] for n in range(9)}
    desk.look()
    assert desk.read == list(desk.batches)
    noted = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    desk.look()
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == noted
    desk.batches["late"] = [entity("a", 0, "Ann1 Smith", country="USA")]
    found, _ = desk.look()
    assert desk.read[9:] == ["late"]
    assert found.filter(pl.col("name") == "Ann1 Smith")["mention_count"].to_list() == [4]
    # What is counted with a batch that went is counted anew, and no more.
    del desk.batches["late"]
    found, _ = desk.look()
    assert desk.read[10:] == ["b8"]
    assert found.filter(pl.col("name") == "Ann1 Smith")["mention_count"].to_list() == [3]
    desk.read.clear()
    desk.look("2")
    assert desk.read == list(desk.batches)


def test_a_run_that_dies_before_it_notes_what_it_counted_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(tmp_path)
    desk.batches = {"b0": [entity("a", 0, "Ann Smith")]}
    desk.look()
    desk.batches["b1"] = [entity("a", 0, "Ann Smith", mention_count=4)]

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(kept.files, "write_json", die)
        desk.look()
    found, mapped = desk.look()
    assert found["mention_count"].to_list() == [5]
    assert mapped["actor_id"].n_unique() == 1
    folders = [path for path in (tmp_path / "state" / "identities").iterdir() if path.is_dir()]
    assert len(folders) == 1


def test_who_is_in_office_is_told_by_documents_not_by_batches_or_forms() -> None:
    # The holder is meant by a surname alone where six in ten documents that name one of that name in full name the holder.
    day = date(2004, 2, 25)
    rows = [entity(f"h{n}", 0, "George W. Bush", published_on=day) for n in range(3)]
    rows += [entity(f"h{n}", 1, "George Walker Bush", published_on=day) for n in range(3)]
    rows += [entity(f"o{n}", 0, "Kate Bush", published_on=day) for n in range(2)]
    alone = entity("z", 0, "Bush", published_on=day)
    assert ids(*rows, alone)[-1] == ids(*rows)[0]
    others = [entity(f"p{n}", 0, "Kate Bush", published_on=day) for n in range(2)]
    assert ids(*rows, *others, alone)[-1] not in ids(*rows, *others)
