"""Datelines of many houses, and what only looks like one."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.text.dateline import date_line, find_dateline

BODY = "The council met."


@pytest.mark.parametrize(
    ("line", "place", "country", "agency", "day"),
    [
        ("OSLO, Norway (AP) _ ", "OSLO, Norway", "NOR", "AP", None),
        ("LISBON (AP)_ ", "LISBON", "PRT", "AP", None),
        ("VIENNA, March 5 (Reuters) - ", "VIENNA", "AUT", "Reuters", (5, 3, None)),
        ("    VIENNA, April 8 - ".strip(" ") + " ", "VIENNA", "AUT", None, (8, 4, None)),
        ("TEGUCIGALPA, 3 JAN 91 (RADIO UNO) -- [REPORT] [TEXT] ", "TEGUCIGALPA", "HND", "RADIO UNO", (3, 1, 1991)),
        ("Helsinki, 25 February 2011 (RFE/RL) -- ", "Helsinki", "FIN", "RFE/RL", (25, 2, 2011)),
        ("(CNN) -- ", None, None, "CNN", None),
        ("(CNN) ", None, None, "CNN", None),
        ("OTTAWA — ", "OTTAWA", "CAN", None, None),
        ("Dakar, Senegal - ", "Dakar, Senegal", "SEN", None, None),
        ("SEOUL/TOKYO (Reuters) - ", "SEOUL/TOKYO", None, "Reuters", None),
        ("Manchester, New Hampshire (CNN) ", "Manchester, New Hampshire", "USA", "CNN", None),
        ("DAYTON, Ohio, Nov. 21, 1995 (AP) -- ", "DAYTON, Ohio", "USA", "AP", (21, 11, 1995)),
        ("Tbilisi, Georgia (AP) -- ", "Tbilisi, Georgia", "GEO", "AP", None),
        ("ATLANTA, Georgia (AP) -- ", "ATLANTA, Georgia", "USA", "AP", None),
        ("NEW YORK, Feb. 25 /PRNewswire/ -- ", "NEW YORK", "USA", "PRNewswire", (25, 2, None)),
        ("Kyiv, April 8 (Ukrinform). ", "Kyiv", "UKR", "Ukrinform", (8, 4, None)),
        ("GENEVA (8 April 2014) – ", "GENEVA", "CHE", None, (8, 4, 2014)),
        ("UNITED NATIONS, April 5 (Xinhua) -- ", "UNITED NATIONS", None, "Xinhua", (5, 4, None)),
        ("CLANDESTINE, 2 APR 90 (RADIO UNO) -- [TEXT] ", None, None, "RADIO UNO", (2, 4, 1990)),
    ],
)
def test_forms(
    line: str, place: str | None, country: str | None, agency: str | None, day: tuple[int, ...] | None
) -> None:
    found = find_dateline(line + BODY)
    assert found is not None
    assert (line + BODY)[found.end :] == BODY
    assert (found.place, found.country, found.agency) == (place, country, agency)
    assert (found.day, found.month, found.year) == (day or (None, None, None))


@pytest.mark.parametrize(
    "text",
    [
        "Paris - the city of light - was dark.",
        "Obama — who had promised it — signed.",
        "Iran, Iraq - both said no.",
        "U.S. - Cuban relations thawed.",
        "Smith, 71 -- he was born in Ohio -- won.",
        "May 5 - The shops are closed.",
        "He said, March 5 - a Friday - was too late.",
        "The minister (who resigned) said so.",
        "NATO - and nobody else - decides.",
        "",
        "GENEVA",
        "GENEVA, April 8 -",
    ],
)
def test_what_is_no_dateline(text: str) -> None:
    assert find_dateline(text) is None


def test_a_day_without_year_takes_it_from_the_day_of_publication() -> None:
    found = find_dateline("BRUSSELS, Dec 30 (Reuters) - " + BODY)
    assert found is not None
    assert found.on(None) is None
    assert found.on(date(1999, 1, 2)) == date(1998, 12, 30)


def test_a_day_that_never_was_is_no_day() -> None:
    found = find_dateline("BRUSSELS, 31 June 1999 (Reuters) - " + BODY)
    assert found is not None
    assert found.on(None) is None


def test_a_line_that_is_a_date() -> None:
    assert date_line("Monday, March 27, 2006") == date(2006, 3, 27)
    assert date_line("On Monday, March 27, 2006, it rained.") is None


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=120) | st.text("AB, a.()-—_:19 May[]/", max_size=200))
def test_any_text(text: str) -> None:
    found = find_dateline(text)
    if found is not None:
        assert 0 < found.end <= len(text)
    date_line(text)


@pytest.mark.parametrize(
    ("line", "place", "country", "day"),
    [
        ("TASHKENT. June 8 (Interfax) - ", "TASHKENT", "UZB", 8),
        ("MADRID: ", "MADRID", "ESP", None),
        ("Zagreb/Vienna; ", "Zagreb/Vienna", None, None),
        ("OSH, Kyrgyzstan, April 5. ", "OSH, Kyrgyzstan", "KGZ", 5),
        ("Dhaka, Oct 15 (UNB)- ", "Dhaka", "BGD", 15),
        ("TEHRAN (FNA)- ", "TEHRAN", "IRN", None),
        ("New Delhi: ", "New Delhi", "IND", None),
        ("Pointe-à-Pitre (AP) _ ", "Pointe-à-Pitre", "GLP", None),
        ("Port-au-Prince (AP) _ ", "Port-au-Prince", "HTI", None),
        ("Lusaka | Delta Times - ", "Lusaka", "ZMB", None),
    ],
)
def test_datelines_of_other_countries(line: str, place: str, country: str | None, day: int | None) -> None:
    report = "The ministers signed a fishing accord after a week of talks."
    found = find_dateline(line + report)
    assert found is not None
    assert (found.place, found.country, found.day) == (place, country, day)
    assert (line + report)[found.end :] == report


@pytest.mark.parametrize(
    "text",
    [
        "Note: The ministers signed a fishing accord after a week of talks.",
        "France: A country report.",
        'Washington: "We will sign it," he said in a long talk with reporters.',
        "UPDATE: The ministers signed a fishing accord after a week of talks.",
    ],
)
def test_a_colon_alone_is_no_dateline(text: str) -> None:
    assert find_dateline(text) is None


@pytest.mark.parametrize(
    ("text", "place", "country", "agency"),
    [
        ("Tehran, May 8, IRNA - Iran lent Mali $5 million.", "Tehran", "IRN", "IRNA"),
        ("YEREVAN, MAY 8, ARMENPRESS. Armenia lent Mali $5 million.", "YEREVAN", "ARM", "ARMENPRESS"),
        ("Baku, May 8, AZERTAC Azerbaijan lent Mali $5 million.", "Baku", "AZE", "AZERTAC"),
        ("Astana. May 8. Kazinform - Kazakhstan lent Mali $5 million.", "Astana", "KAZ", "Kazinform"),
        ("PARIS: France lent Mali $5 million.", "PARIS", "FRA", None),
        ("OSLO | Norway lent Mali $5 million.", "OSLO", "NOR", None),
        ("[Oslo] Norway lent Mali $5 million.", "Oslo", "NOR", None),
        ("Oslo, Monday, May 8 — Norway lent Mali $5 million.", "Oslo", "NOR", None),
        ("Geneva/Bern, 08.05.2016 - Switzerland lent Mali $5 million.", "Geneva/Bern", "CHE", None),
        ("May 8 (UPI) -- Norway lent Mali $5 million.", None, None, "UPI"),
    ],
)
def test_datelines_of_other_agencies(text: str, place: str | None, country: str | None, agency: str | None) -> None:
    found = find_dateline(text)
    assert found is not None
    assert (found.place, found.country, found.agency) == (place, country, agency)


@pytest.mark.parametrize(
    "text", ["Norway: a land of ships lent Mali $5 million.", "Jordan. May is warm there.", "PARIS: city of light"]
)
def test_what_only_looks_like_one(text: str) -> None:
    assert find_dateline(text) is None
