"""How the world writes sums: parts of numbers, signs of letters, scales of other languages, years of prices."""

from decimal import Decimal

import pytest

from pipelines.extract.money.numerals import parts_with_commas, value_of
from tests.unit.extract.reading import facts_without_reading


def _sums(text: str) -> list[tuple[Decimal | None, str | None]]:
    return [(f.amount, f.currency) for f in facts_without_reading(text).figures]


@pytest.mark.parametrize(
    ("piece", "commas", "value"),
    [
        ("1,500,000.50", False, "1500000.50"),
        ("1.500.000,50", False, "1500000.50"),
        ("1'500'000", False, "1500000"),
        ("1’500", False, "1500"),
        ("1 500 000", False, "1500000"),
        ("12,34,567", False, "1234567"),
        ("2.750", False, "2.750"),
        ("2.750", True, "2750"),
        ("2,750", False, "2750"),
        ("2,750", True, "2.750"),
        ("1,5", False, "1.5"),
        (".50", False, "0.50"),
    ],
)
def test_numerals(piece: str, commas: bool, value: str) -> None:
    assert value_of(piece, commas) == Decimal(value)


def test_a_text_shows_which_mark_parts_its_fractions() -> None:
    assert parts_with_commas("The fund has 3.200.000 euros and grew by 4,5 percent.")
    assert not parts_with_commas("The fund has 3,200,000 euros and grew by 4.5 percent.")
    assert not parts_with_commas("See pages 1,2 and 3.")


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("Austria gave Benin EUR2,4bn for dams.", 2_400_000_000, "EUR"),
        ("Austria gave Benin €4.250.000 for dams.", 4_250_000, "EUR"),
        ("Austria gave Benin 4.250 euros for books.", 4_250, "EUR"),
        ("Liechtenstein gave Benin CHF 2'300'000 for dams.", 2_300_000, "CHF"),
        ("Austria gave Benin two point seven million euros.", 2_700_000, "EUR"),
        ("Austria gave Benin a million and a half euros.", 1_500_000, "EUR"),
        ("Austria gave Benin three and three-quarter million euros.", 3_750_000, "EUR"),
        ("Austria gave Benin 30 M€ for dams.", 30_000_000, "EUR"),
        ("Austria gave Benin 7 Mio. euros for dams.", 7_000_000, "EUR"),
        ("Austria gave Benin Euro 6 million for dams.", 6_000_000, "EUR"),
        ("Brazil lent Paraguay R$ 2,5 bilhões for dams.", 2_500_000_000, "BRL"),
        ("India gave Bhutan Rs 75 cr for a road.", 750_000_000, "INR"),
        ("The Indian ministry paid ₹3.5 lakh crore.", 3_500_000_000_000, "INR"),
        ("The Indian ministry paid Rs 8L for books.", 800_000, "INR"),
        ("China lent Bangladesh Tk 300 crore for a bridge.", 3_000_000_000, "BDT"),
        ("The Nigerian senate approved N75bn for roads.", 75_000_000_000, "NGN"),
        ("Kenya borrowed Sh12 billion for a railway.", 12_000_000_000, "KES"),
        ("Uganda borrowed Shs12 billion for a railway.", 12_000_000_000, "UGX"),
        ("Kuwait lent Sudan KD7 million for a port.", 7_000_000, "KWD"),
        ("Bahrain gave Sudan BD7 million for a port.", 7_000_000, "BHD"),
        ("The Emirates gave Sudan Dhs 7 million for a port.", 7_000_000, "AED"),
        ("Manila will spend P250 million in the Philippines.", 250_000_000, "PHP"),
        ("Botswana will spend P250 million on wells.", 250_000_000, "BWP"),
        ("Denmark gave Niger kr 60 million for wells.", 60_000_000, "DKK"),
        ("Guatemala will spend Q90 million on wells.", 90_000_000, "GTQ"),
        ("Honduras will spend L2,000 million on wells.", 2_000_000_000, "HNL"),
        ("France lent Chad CFAF3 billion for wells.", 3_000_000_000, "XAF"),
        ("Iran lent Armenia 3 billion tomans for a road.", 30_000_000_000, "IRR"),
        ("Japan gave Samoa US dollars 9 million for a port.", 9_000_000, "USD"),
        ("Ottawa sent a Canadian $9 million grant to Haiti.", 9_000_000, "CAD"),
        ("Qatar gave Sudan 9 million Qatari rials.", 9_000_000, "QAR"),
        ("The levy brought 900 Bermudan dollars.", 900, "BMD"),
        ("Le Bénin a reçu 14,5 millions d'euros.", 14_500_000, "EUR"),
        ("Senegal set aside 40 milliards de FCFA.", 40_000_000_000, "XOF"),
        ("Austria gave Benin 2,5 Mrd. EUR for dams.", 2_500_000_000, "EUR"),
        ("Denmark gave Benin 60,5 mio. kr. for dams.", 60_500_000, "DKK"),
        ("Turkey gave Benin 1,5 milyar TL for dams.", 1_500_000_000, "TRY"),
        ("Austria gave Benin EUR1.400m for dams.", 1_400_000_000, "EUR"),
        ("Vietnam gave Benin 400.000.000 dong.", 400_000_000, "VND"),
        ("Colombia gave Benin $4.000.000 pesos.", 4_000_000, "COP"),
        ("Switzerland gave Benin Fr. 2'450'000 for dams.", 2_450_000, "CHF"),
        ("Switzerland gave Benin CHF 4`000`000 for dams.", 4_000_000, "CHF"),
        ("Austria gave Benin nought point six billion dollars.", 600_000_000, "USD"),
        ("Austria gave Benin two-and-a-half billion dollars.", 2_500_000_000, "USD"),
        ("Austria gave Benin one thousand four hundred million dollars.", 1_400_000_000, "USD"),
        ("India's ministry gave the camp INR 35 Lacs.", 3_500_000, "INR"),
        ("India's ministry gave the banks Rs 1.3 L cr.", 1_300_000_000_000, "INR"),
        ("India's ministry gave a boy Rs. 6,000/- on Monday.", 6_000, "INR"),
        ("India gave Nepal Rs 35 lakh for wells.", 3_500_000, "INR"),
        ("Nepal received Rs 35 crore from India.", 350_000_000, "INR"),
        ("China lent Bangladesh Tk.300 crore for a bridge.", 3_000_000_000, "BDT"),
        ("Nigeria paid the firm =N=70 million.", 70_000_000, "NGN"),
        ("Tanzania paid the firm 40bn/- on Monday.", 40_000_000_000, "TZS"),
        ("Ghana paid the firm ¢40 million on Monday.", 40_000_000, "GHS"),
        ("Kuwait lent Sudan K.D. 7 million for a port.", 7_000_000, "KWD"),
        ("Egypt lent Sudan L.E. 7 million for a port.", 7_000_000, "EGP"),
        ("Norway gave Benin Nkr 70m for dams.", 70_000_000, "NOK"),
        ("Uganda paid the firm Ugx 70bn on Monday.", 70_000_000_000, "UGX"),
        ("Germany gave Benin Euro7m for dams.", 7_000_000, "EUR"),
        ("Bosnia paid the firm KM 70 million on Monday.", 70_000_000, "BAM"),
        ("Uzbekistan paid the firm 70 billion soums.", 70_000_000_000, "UZS"),
        ("The Solomon Islands got SBD$7 million for dams.", 7_000_000, "SBD"),
        ("Canada gave Haiti $7 million Cdn for dams.", 7_000_000, "CAD"),
        ("Australia gave Tonga $7 million (AUD) for dams.", 7_000_000, "AUD"),
        ("Japan gave Fiji $7 million for dams.", 7_000_000, "USD"),
        ("Tonga Signs 6 Million Dollar Loan With Japan", 6_000_000, "USD"),
        ("Tonga signs a six million Dollar loan with Japan.", 6_000_000, "USD"),
        ("Turkey took a 30 million mark loan from Bonn.", 30_000_000, "DEM"),
        ("Bougainville Gets 70 Million Kina From Port Moresby", 70_000_000, "PGK"),
        ("Austria gave Benin EUR1.350m for dams.", 1_350_000, "EUR"),
        ("Poland gave Benin 70 mln zł for dams.", 70_000_000, "PLN"),
        ("Azerbaijan spent ₼7 million on dams.", 7_000_000, "AZN"),
        ("Armenia spent ֏7 billion on dams.", 7_000_000_000, "AMD"),
        ("Panama spent B/.7 million on dams.", 7_000_000, "PAB"),
        ("Mauritania spent UM 7 million on dams.", 7_000_000, "MRO"),
        ("Eritrea spent Nfk 7 million on dams.", 7_000_000, "ERN"),
        ("Tanzania paid the firm 40m/= on Monday.", 40_000_000, "TZS"),
    ],
)
def test_sums_of_the_world(text: str, amount: int, currency: str) -> None:
    assert _sums(text) == [(Decimal(amount), currency)]


@pytest.mark.parametrize(
    "text",
    [
        "2018 marks the 40th anniversary of the treaty between Benin and Togo.",
        "Euro 2016 was played in France.",
        "Nurses in Lagos wear N95 masks and feared the Y2K bug.",
        "The K2 expedition left Pakistan with M16 rifles.",
        "Costs are counted in constant 2011 dollars.",
        "2018 marks forty years since the landing.",
        "2018 marks Benin's return to the council.",
        "The 2011 rand crisis hurt Lesotho.",
        "The count stopped at the 3,000 mark.",
        "Some 700 Cordoba residents fled.",
        "The Six Million Dollar Man was shown in Benin.",
        "The count passed the 30 million mark on Monday.",
        "Some 3 million Cordoba residents voted.",
        "The 1994 CFA devaluation hurt Benin.",
        "Since 2006 dollars have been scarce in Benin.",
        "Until 2009 euros were banned in Benin.",
    ],
)
def test_years_models_and_price_bases_are_no_sums(text: str) -> None:
    assert _sums(text) == []


@pytest.mark.parametrize(
    "told_again",
    [
        "($31 million in today's dollars)",
        "(about $31 million in 2019 dollars)",
        ", or $31 million adjusted for inflation",
        ", $31 million at today's prices",
    ],
)
def test_money_told_again_in_other_prices_is_one_sum(told_again: str) -> None:
    assert _sums(f"Japan gave Chile $14 million in 1995 {told_again}.") == [(Decimal(14_000_000), "USD")]


@pytest.mark.parametrize(
    ("words", "low", "high", "currency"),
    [
        ("Rs 7-9 lakh", 700_000, 900_000, "INR"),
        ("Rs 4,000-5,000 crore", 40_000_000_000, 50_000_000_000, "INR"),
        ("N3-4bn", 3_000_000_000, 4_000_000_000, "NGN"),
        ("€1,5-2 billion", 1_500_000_000, 2_000_000_000, "EUR"),
        ("two to three hundred million euros", 200_000_000, 300_000_000, "EUR"),
        ("hundreds of millions of euros", 100_000_000, 1_000_000_000, "EUR"),
        ("tens, if not hundreds, of millions of euros", 10_000_000, 1_000_000_000, "EUR"),
    ],
)
def test_ranges(words: str, low: int, high: int, currency: str) -> None:
    (found,) = facts_without_reading(f"The works would cost {words} in all.").figures
    assert (found.amount, found.amount_low, found.amount_high, found.currency) == (None, low, high, currency)


def test_a_list_that_ends_in_and_is_no_range() -> None:
    found = facts_without_reading("Austria gave Benin $2 million, $3 million, $4 million and $5 million.").figures
    assert [f.amount for f in found] == [2_000_000, 3_000_000, 4_000_000, 5_000_000]
    (range_,) = facts_without_reading("The dam would cost $20, $30, $40 billion.").figures
    assert (range_.amount_low, range_.amount_high) == (20_000_000_000, 40_000_000_000)


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("The court imposed a 2000 USD fine on the firm.", [2000]),
        ("The 1994 CFA devaluation hurt the region.", []),
        ("The road cost $5 million, $9 million in 2010 dollars was spent on bridges.", [5_000_000, 9_000_000]),
        ("The ministry paid Rs 2 crore and 50 lakh for the bridge.", [25_000_000]),
        ("Millions in the public sector lost their jobs.", []),
        ("Millions in line for food waited.", []),
    ],
)
def test_a_rule_for_one_kind_leaves_the_others(text: str, amounts: list[int]) -> None:
    assert [f.amount for f in facts_without_reading(text).figures] == amounts


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        ("Norway gave Ghana MEUR 5 in May.", [(5_000_000, "EUR")]),
        ("The fund paid MUSD 12.5 to Mali and 3 MUSD to Togo.", [(12_500_000, "USD"), (3_000_000, "USD")]),
        ("Sida granted KEUR 300 to Peru.", [(300_000, "EUR")]),
        ("The bank lent mUSD 7.5 to Togo.", [(7_500_000, "USD")]),
        ("Sweden gave MSEK 1,200 for roads, and 30 mSEK more.", [(1_200_000_000, "SEK"), (30_000_000, "SEK")]),
        ("The firm booked TEUR 450.", [(450_000, "EUR")]),
        ("The ships MALL 5 and BALL 7 came.", []),
    ],
)
def test_a_code_with_its_scale_in_one_before_its_number(text: str, sums: list[tuple[int, str]]) -> None:
    assert _sums(text) == [(Decimal(amount), currency) for amount, currency in sums]
