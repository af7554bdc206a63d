"""Sums as papers of many countries and times print them: sign, number and scale, by what the text shows of its country."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.unit.extract.reading import facts_without_reading

M, BN, TN = 10**6, 10**9, 10**12
SUMS = [
    # Africa
    ("Kenya paid Kshs 4.5 billion to Japan on Monday.", Decimal("4.5") * BN, "KES"),
    ("Uganda paid UGX 500bn to Japan on Monday.", 500 * BN, "UGX"),
    ("South Africa lent Lesotho R1.2bn on Monday.", Decimal("1.2") * BN, "ZAR"),
    ("Zambia paid K30 million to Malawi on Monday.", 30 * M, "ZMK"),  # of 2010, before three noughts went
    ("Malawi paid MK2.5 billion to Zambia on Monday.", Decimal("2.5") * BN, "MWK"),
    ("Ghana paid GH¢50 million to Togo on Monday.", 50 * M, "GHS"),
    ("Ghana paid GH₵50m to Togo on Monday.", 50 * M, "GHS"),
    ("Nigeria paid N4.5trn to Togo on Monday.", Decimal("4.5") * TN, "NGN"),
    ("Ethiopia paid Birr 5 billion to Sudan on Monday.", 5 * BN, "ETB"),
    ("Botswana gave Lesotho P250m on Monday.", 250 * M, "BWP"),
    ("Sierra Leone paid Le 5 billion to Guinea on Monday.", 5 * BN, "SLL"),
    ("Gambia paid D5 million to Senegal on Monday.", 5 * M, "GMD"),
    ("Morocco gave Mali Dh5bn on Monday.", 5 * BN, "MAD"),
    ("Namibia lent Angola N$50 million on Monday.", 50 * M, "NAD"),
    # South Asia
    ("India lent Nepal Rs 2.5 lakh crore on Monday.", Decimal("2.5") * TN, "INR"),
    ("India lent Nepal ₹1,200 crore on Monday.", 12 * BN, "INR"),
    ("Pakistan lent Sri Lanka Rs25 billion on Monday.", 25 * BN, "PKR"),
    # East Asia and the Pacific
    ("Malaysia lent Laos RM1.2bn on Monday.", Decimal("1.2") * BN, "MYR"),
    ("Singapore gave Laos S$2.5m on Monday.", Decimal("2.5") * M, "SGD"),
    ("China lent Laos Rmb5bn on Monday.", 5 * BN, "CNY"),
    ("China lent Laos RMB 500 mn on Monday.", 500 * M, "CNY"),
    ("South Korea lent Laos W5 trillion on Monday.", 5 * TN, "KRW"),
    ("Japan lent Laos Y5bn on Monday.", 5 * BN, "JPY"),
    ("Fiji gave Tonga F$5 million on Monday.", 5 * M, "FJD"),
    ("Papua New Guinea gave Fiji K5 million on Monday.", 5 * M, "PGK"),
    ("Vanuatu gave Fiji VT5 million on Monday.", 5 * M, "VUV"),
    ("Myanmar paid 5bn kyats to Laos on Monday.", 5 * BN, "MMK"),
    # the Middle East
    ("Jordan gave Yemen JD 5 million on Monday.", 5 * M, "JOD"),
    ("Lebanon gave Yemen LL 5 billion on Monday.", 5 * BN, "LBP"),
    ("Libya gave Chad LD 5 million on Monday.", 5 * M, "LYD"),
    ("Algeria lent Mali DA 5 billion on Monday.", 5 * BN, "DZD"),
    # Latin America
    ("Bolivia paid Bs 5 million to Peru on Monday.", 5 * M, "BOB"),
    ("Peru paid S/ 5 million to Bolivia on Monday.", 5 * M, "PEN"),
    ("Guatemala paid Q5 million to Honduras on Monday.", 5 * M, "GTQ"),
    ("Nicaragua paid C$5 million to Honduras on Monday.", 5 * M, "NIO"),
    ("The Dominican Republic gave Haiti RD$5m on Monday.", 5 * M, "DOP"),
    ("Jamaica gave Haiti J$5 million on Monday.", 5 * M, "JMD"),
    # papers of London before the euro
    ("Germany lent Poland DM5m on Monday.", 5 * M, "DEM"),
    ("France lent Mali FFr5m on Monday.", 5 * M, "FRF"),
    ("Switzerland gave Nepal SFr5m on Monday.", 5 * M, "CHF"),
    ("Spain lent Peru Pta5bn on Monday.", 5 * BN, "ESP"),
    ("Sweden gave Mali SKr5m on Monday.", 5 * M, "SEK"),
    ("The Netherlands gave Mali Fl5m on Monday.", 5 * M, "NLG"),
    ("The European Community gave Mali Ecu5m on Monday.", 5 * M, "XEU"),
    ("Albania paid L5bn to Malta on Monday.", 5 * BN, "ALL"),
    ("Romania lent Moldova L20 million on Monday.", 20 * M, "RON"),
    ("Britain lent Kenya L20 million on Monday.", 20 * M, "GBP"),  # wires that had no sign for the pound
    ("Norway lent Peru NOK 20 mill. on Monday.", 20 * M, "NOK"),
    # numbers and scales
    ("Germany lent Poland 1 200 000 euros on Monday.", 1_200_000, "EUR"),
    ("Germany lent Poland EUR 2.5 mln on Monday.", Decimal("2.5") * M, "EUR"),
    ("Russia lent Belarus 5 bln roubles on Monday.", 5 * BN, "RUB"),
    ("Germany lent Poland 1,500 million euros on Monday.", 1500 * M, "EUR"),
    ("Spain lent Peru ten thousand million pesetas on Monday.", 10 * BN, "ESP"),
    # as reports from the north and the continent shorten their scales
    ("Norway lent Peru 200 mill. kroner on Monday.", 200 * M, "NOK"),
    ("Denmark lent Peru 1,2 mio. kr. on Monday.", Decimal("1.2") * M, "DKK"),
    ("Denmark lent Peru kr. 200 mio. on Monday.", 200 * M, "DKK"),
    ("Denmark lent Peru 2,5 mia. kr. on Monday.", Decimal("2.5") * BN, "DKK"),
    ("Sweden lent Peru 45 milj. kronor on Monday.", 45 * M, "SEK"),
    ("Sweden lent Peru 4 mdr kr on Monday.", 4 * BN, "SEK"),
    ("Sweden lent Peru 450 tkr on Monday.", 450_000, "SEK"),
    ("Sweden lent Peru 25 mkr on Monday.", 25 * M, "SEK"),
    ("Finland lent Peru 3 milj. euroa on Monday.", 3 * M, "EUR"),
    ("Germany lent Peru 3 Mrd. Euro on Monday.", 3 * BN, "EUR"),
    ("Germany lent Peru 500 Tsd. Euro on Monday.", 500_000, "EUR"),
    ("Germany lent Peru 10 Mill. US-Dollar on Monday.", 10 * M, "USD"),
    ("Switzerland lent Peru 5 Mio. Franken on Monday.", 5 * M, "CHF"),
    ("France lent Peru 5 Md€ on Monday.", 5 * BN, "EUR"),
    ("France lent Peru 1,5 Mds d'euros on Monday.", Decimal("1.5") * BN, "EUR"),
    ("Russia lent Peru 3 mlrd. rubles on Monday.", 3 * BN, "RUB"),
    ("Hungary lent Peru 300 M Ft on Monday.", 300 * M, "HUF"),
    ("The Czech Republic lent Peru 15 mil. Kč on Monday.", 15 * M, "CZK"),
    ("Brazil lent Peru R$ 3,5 bi on Monday.", Decimal("3.5") * BN, "BRL"),
    ("Brazil lent Peru R$ 40 mi on Monday.", 40 * M, "BRL"),
    ("The $300 mill in Lancashire was sold to Peru.", 300, "USD"),
    ("A taxi costs $3 mi in Lima.", 3, "USD"),
    ("Nepal lent Peru Rs 2 arba on Monday.", 2 * BN, "NPR"),
    ("Canada gave Haiti a $2.5-million grant on Monday.", Decimal("2.5") * M, None),
    ("Canada gave Haiti US$2.5million on Monday.", Decimal("2.5") * M, "USD"),
    ("Britain gave Malta a quarter of a million pounds on Monday.", 250_000, "GBP"),
    ("Germany gave Malta three-quarters of a billion euros on Monday.", 750 * M, "EUR"),
    ("Britain gave Malta two and a half million pounds on Monday.", 2_500_000, "GBP"),
    ("Germany gave Malta one and a half billion euros on Monday.", 1_500_000_000, "EUR"),
    ("Germany gave Malta five million five hundred thousand euros on Monday.", 5_500_000, "EUR"),
]


@pytest.mark.parametrize(("text", "amount", "currency"), SUMS)
def test_one_sum(text: str, amount: Decimal, currency: str | None) -> None:
    (figure,) = facts_without_reading(text).figures
    assert figure.amount == amount
    assert currency is None or figure.currency == currency


RANGES = [
    ("Germany gave Malta between 3 and 5 million euros on Monday.", 3 * M, 5 * M, "EUR"),
    ("Germany gave Malta €3m to €5m on Monday.", 3 * M, 5 * M, "EUR"),
    ("Norway gave Malta 3–5bn kroner on Monday.", 3 * BN, 5 * BN, "NOK"),
    ("Germany gave Malta EUR 3-5 million on Monday.", 3 * M, 5 * M, "EUR"),
    ("India gave Nepal Rs 20-25 crore on Monday.", 200 * M, 250 * M, "INR"),
    ("Germany gave Malta several hundred million euros on Monday.", 100 * M, 1000 * M, "EUR"),
]


@pytest.mark.parametrize(("text", "low", "high", "currency"), RANGES)
def test_a_range_is_one_sum(text: str, low: int, high: int, currency: str) -> None:
    (figure,) = facts_without_reading(text).figures
    assert figure.currency == currency
    assert figure.amount_low is not None
    assert figure.amount_high is not None
    assert low <= figure.amount_low < figure.amount_high <= high


NO_SUMS = [
    "Chile sold 40,000 barrels and 5 million tons of copper to Fiji.",
    "The 1988 accord is the 30th between Chile and Fiji.",
    "The K2 expedition of Italy met 5 million pilgrims of Pakistan.",
    "South Korea's W5 missile flew over Japan.",
    "The R1 road runs from Kenya to Uganda.",
    "Group P250 of Botswana meets on Monday.",
    "The D5 committee of Gambia meets on Monday.",
]


@pytest.mark.parametrize("text", NO_SUMS)
def test_no_sum(text: str) -> None:
    assert facts_without_reading(text).figures == []


POUNDS_OF_MONEY = [
    "Britain gave Malta 25,000 pounds on Monday.",
    "Britain gave Malta twenty-five thousand pounds on Monday.",
    "Malta was paid 25,000 pounds for the school.",
    "The minister was fined 25,000 pounds in Valletta.",
    "The grant of 25,000 pounds was paid on Monday.",
    "British charities donated 25,000 pounds to Malta to build wells.",
    "A loan of 25,000 pounds of aid money was spent on wells.",
    "The minister earns 25,000 pounds a year.",
]
MILLIONS_OF_POUNDS = [
    "Britain suspended the 19 million pounds of budget support to Malawi.",
    "Britain froze 19 million pounds of aid.",
]
POUNDS_OF_WEIGHT = [
    "Britain gave Malta 25,000 pounds of rice.",
    "The United States gave Malta 25,000 pounds on Monday.",
    "The United States delivered 25,000 pounds to Haiti by air.",
    "The truck weighs 25,000 pounds.",
    "Farmers were paid for the coffee, 25,000 pounds in all.",
    "Malta paid for 25,000 pounds of copper.",
    "The mine, which cost much, makes 25,000 pounds a day.",
    "Farmers spent the day on 25,000 pounds of rice.",
    "The prize pumpkin weighed 900 pounds.",
    "He paid to lose 20 pounds each month.",
    "The cost of carrying 60 pounds was high.",
]


@pytest.mark.parametrize("text", POUNDS_OF_MONEY)
def test_a_few_pounds_that_are_told_as_money(text: str) -> None:
    (figure,) = facts_without_reading(text).figures
    assert figure.amount == 25_000


@pytest.mark.parametrize("text", POUNDS_OF_WEIGHT)
def test_a_few_pounds_that_are_weights(text: str) -> None:
    assert facts_without_reading(text).figures == []


@pytest.mark.parametrize("text", MILLIONS_OF_POUNDS)
def test_millions_of_pounds_of_money(text: str) -> None:
    (figure,) = facts_without_reading(text).figures
    assert (figure.amount, figure.currency) == (19_000_000, "GBP")


def test_an_abbreviated_scale_ends_a_sentence_where_another_begins() -> None:
    facts = facts_without_reading("Norway gave Togo NOK 200 mill. Sweden gave Mali SEK 30 mill. in March.")
    assert [(f.amount, f.currency) for f in facts.figures] == [(200 * M, "NOK"), (30 * M, "SEK")]


@pytest.mark.parametrize(
    "text",
    [
        "Norway runs a mill. Kroner are its money.",
        "The agency has 3 mio. members in Togo.",
        "A film of 5 mil. thick plastic was made in Togo.",
        "The ship sailed 40 mi. from Togo to Ghana.",
        "Mia won 5 mi. races in Togo.",
    ],
)
def test_a_scale_without_a_currency_is_no_sum(text: str) -> None:
    assert facts_without_reading(text).figures == []
