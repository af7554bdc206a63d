"""Forms of datelines, as agencies and papers of many countries write them. Which of them is one is decided in `dateline`."""

from __future__ import annotations

import re

MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?"
    # as French, Spanish and Portuguese houses write them in English reports too
    r"|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre"
    r"|octubre|noviembre|diciembre|janeiro|fevereiro|março|maio|junho|julho|setembro|outubro|novembro|dezembro)\.?"
)
DATE = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)? {MONTH}(?:,? (?:\d{{4}}|\d{{2}}))?|{MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?"
    r"|\d{4}-\d\d-\d\d|\d{1,2}\.\d{1,2}\.\d{4})"
)
WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
NO_PLACE_WORD = rf"(?!{MONTH} \d|{WEEKDAY}\b)"
WORD = r"[^\W\d_][\w.'’]{0,24}"
PLACE = rf"{WORD}(?:(?:[ \-/]| / )(?:{WORD}|of|de|la|el|al|the)){{0,4}}"
STRICT = re.compile(
    rf"(?P<place>{PLACE}(?:, {NO_PLACE_WORD}{PLACE}){{0,2}})(?: ?[(\[](?P<region>[A-Z][A-Za-z. ]{{2,30}})[)\]])?"
    rf"(?:(?:[,.]|(?<=\.)) (?:{WEEKDAY},? )?(?P<date>{DATE})| \((?P<bracketed>{DATE})\))?"
    r"(?:,? ?(?:\((?P<agency>[^()\n]{2,50})\)|/(?P<slashed>[A-Z][A-Za-z ]{1,25})/))?"
    r"(?P<separator>\.? ?(?:--+|[-—–_])+ ?| ?_ |: (?=[A-Z\"“])|\. (?=[A-Z\"“]))?\s*",
    re.IGNORECASE,
)
# Marks that papers of other countries put behind the place and the day: "MOSCOW. May 8 (Interfax) -", "PARIS:", "Kabul;", "TEHRAN (FNA)-", ", March 5.".
LOOSE = re.compile(
    rf"(?P<place>{PLACE}(?:, {NO_PLACE_WORD}{PLACE}){{0,2}}?)(?:[.,:]? (?:{WEEKDAY},? )?(?P<date>{DATE}))?(?P<stop>\.)?"
    r"(?:,? ?(?:\((?P<agency>[^()\n]{2,50})\)|/(?P<slashed>[A-Z][A-Za-z ]{1,25})/))?(?P<mark>\.? ?[-–—]+|:|;|\.| \|)? +(?=[A-Z\"“])"
)
# An agency named behind place and day without brackets: "Tehran, May 8, IRNA -", "YEREVAN, MAY 8, ARMENPRESS.", "Baku, May 8, AZERTAC".
_HIJRI = r"(?:Muharram|Safar|Rabi'? (?:al-\w+|I{1,2})|Jumada (?:al-\w+|I{1,2})|Rajab|Sha'?ban|Ramadan|Shawwal|(?:Dhul?|Thul)[- ]\w+) \d{1,2}, \d{4},?"
NAMED = re.compile(
    rf"(?P<place>{PLACE}(?:, {NO_PLACE_WORD}{PLACE})?)[.,] (?:{_HIJRI} )?(?:{WEEKDAY},? )?(?P<date>{DATE})[.,]? (?P<agency>(?-i:[A-Z])[A-Za-z.]{{2,20}}(?:-(?-i:[A-Z])[A-Za-z]{{1,12}}(?: (?-i:[A-Z]{{3,12}}))?)?)"
    r"(?P<mark> ?[-–—]+|[.:])? +(?-i:(?=[A-Z\"“]))",
    re.IGNORECASE,
)
# "[Nairobi] Kenya …", and "May 8 (UPI) --" where no place is told.
IN_BRACKETS = re.compile(rf"\[(?P<place>{PLACE})\] +(?=[A-Z\"“])")
DAY_AND_AGENCY = re.compile(rf"(?P<date>{DATE}) \((?P<agency>[A-Z][A-Za-z./ -]{{1,25}})\) ?[-–—]+ ?", re.IGNORECASE)
DATE_ALONE = re.compile(
    rf"(?:(?:published|updated|posted):? )?(?:{WEEKDAY},? )?(?P<date>{DATE})"
    r"(?:,? \d{1,2}:\d\d.{0,20})?",
    re.IGNORECASE,
)
AGENCY_FIRST = re.compile(r"\((?P<agency>[A-Z][A-Za-z.\- ]{1,30})\)\s*(?:--+|[-—–_])\s*")
# Without a dash behind it, only an agency's initials or a name of two capitals or more can be told from an aside.
INITIALS_FIRST = re.compile(
    r"\((?P<agency>[A-Z]{2,6}(?:[/-][A-Z]{2,6})?|Reuters|Bloomberg|Xinhua|Interfax)\) +(?=[A-Z“\"'‘`])"
)
BRACKETS = re.compile(r"(?:\[[^\]\n]{1,80}\]\s*)+")
# Marks of monitoring services before a report: "[Text]", "[Excerpt]", "[FBIS Report]".
EDITORIAL = re.compile(r"\[(?:full )?(?:text|excerpts?|summary|[A-Z]{3,6} (?:report|summary|text))\] *", re.IGNORECASE)
OF_HOUSES = tuple(
    re.compile(form.replace("PLACE", rf"(?P<place>{PLACE}(?:, {NO_PLACE_WORD}{PLACE})?)").replace("DAY", rf"(?P<date>{DATE})") + r" +(?=[A-Z\"“])")
    for form in (
        r"\(PLACE, DAY\)(?: ?[-–—:]+)?",  # (GENEVA, 4 June 2015) – …
        r"PLACE \| (?P<agency>[A-Z][A-Za-z. ]{1,25}) \|",  # Nairobi, Kenya | AFP | …
        r"PLACE \| (?P<agency>[A-Z][A-Za-z. ]{1,25}?) ?[-–—]+",  # Kampala | Lake News - …
        r"PLACE \| DAY \|",  # Kyiv | March 5, 2015 | …
        r"\((?P<agency>[A-Z][A-Za-z.]{1,20} ?[-–/] ?[A-Z][A-Za-z. ]{2,30})\) PLACE(?:, DAY)? ?[-–—:]+",  # (MENAFN - Jordan Times) AMMAN - …
        r"DAY, PLACE(?: ?[-–—:]+)",  # 14 May 2013, Rome - …
        r"\[PLACE, DAY\](?: ?[-–—:]+)?",  # [Suva, 14 May 2013] – …
        r"PLACE, DAY,? (?:By|by|BY) [A-Z][\w.'’ -]{2,40}? ?[-–—/] ?(?P<agency>[A-Z]\w{1,20}) ?[:–—-]",  # Baku, Azerbaijan, May 4 By Anna Li - Trend: …
        r"PLACE [-–—] DAY ?[-–—:]+",  # Ottawa, Ontario - May 4, 2015 - …
        r"DAY ?[-–—] PLACE ?[-–—:]+",  # May 4, 2015 - Ottawa, Ontario - …
        r"PLACE,? /(?P<agency>[A-Z][A-Za-z-]{1,25})/\.?",  # Ulaanbaatar /MONTSAME/ …
        r"PLACE,? (?P<numbers>\d{1,2}/\d{1,2}/\d{4})(?: \((?P<agency>[A-Z][A-Za-z]{1,25})\))? ?[-–—:/]+",  # Kinshasa, 04/05/2015 (ACP) - …
        r"(?=[A-Z]{3})PLACE\. (?:DAY\. )?(?P<agency>[A-Z][A-Z-]{3,20})(?P<behind> ?[-–—/:.]+)?",  # ASTANA. KAZINFORM …, not "GENEVA. UNHCR Chief Ogata"
    )
)  # fmt: skip
