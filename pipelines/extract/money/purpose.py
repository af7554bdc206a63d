"""OECD DAC code of a purpose: rules for wording that the code list itself settles, a small model behind them."""

from __future__ import annotations

import re
from functools import cache

from pipelines.extract.money.purpose_detail import refine, refine_phrase
from pipelines.extract.money.purpose_model import sector_model
from pipelines.reference import rows

# First rule that matches wins. Sectors that CRS splits (education, health, energy) stay at their 3-digit head unless
# the words name the split. Compiled by us from the code list's wording and how news tells of aid.
_RULES: list[tuple[str, re.Pattern[str]]] = [
    (code, re.compile(pattern, re.IGNORECASE))
    for code, pattern in (
        ("600", r"\bdebt[\s-](?:relief|forgiveness|cancellation|reduction|rescheduling|restructuring|write-?off|service|swap)|\b(?:forgiv|cancel|writ|reschedul|restructur|waiv)\w{0,6}\s(?:[\w$€£.,]+\s){0,5}debts?\b|\bdebts?\s(?:\w+\s){0,4}(?:was|were|be|been|is|of)?\s?(?:forgiven|cancell?ed|rescheduled|written off)"),
        ("930", r"\b(?:cope with|accept\w{0,3}|host\w{0,4}|resettl\w{1,6}|integrat\w{1,5}|shelter\w{0,4}|absorb\w{0,4}|welcom\w{1,4}|tak\w{1,3} in)\s(?:[\w,]+\s){0,4}(?:refugees|migrants|asylum)|\b(?:refugee|migrant|asylum[\s-]seeker)s?\s(?:resettlement|reception|crisis at home)"),
        ("160", r"\bnarcotics?|\bcounter-?narcotic|\banti-?drug|\bdrug (?:control|traffick|war|eradicat)"),
        ("152", r"\bmilitary\b|\bsecurity (?:assistance|aid|forces?|programs?|support|cooperation)|\bsecurity and\b|\bdefen[cs]e\b|\bpeace-?\s?keep|\bpeace-?building|\barms\b|\bweapon|\barmy\b|\btroops\b|\bborder (?:security|control|guard|post|patrol|protection)|\bguard\w{0,3} (?:\w+\s){0,2}borders?|\bde-?mining|\blandmine|\bcounter-?terror|\banti-?terror|\bex-?combatants|\bdisarm|\bdemobili|\brebels\b|\bcontras\b|\bnon-?proliferation|\bnuclear (?:security|weapons)|\bammunition|\bmissile|\bnaval\b|\bwarship|\bcoast guard|\bair force|\bsoldiers\b|\bpatrol boats?"),
        ("151", r"\blaw[\s-]enforcement|\bpolice\b|\bjudicia|\bhuman rights|\bdemocra|\belection|\bgood governance|\bcivil society|\banti-?corruption|\bministry of foreign affairs|\bforeign ministry|\bparliament|\bgovernment (?:building|office)|\boffice building|\bpresidential palace|\bembassy|\bconference (?:center|centre|hall)|\bcustoms\b|\bmedia freedom|\boffice equipment|\bstatistic"),
        ("130", r"\b(?:hiv|aids)\b(?!\s+(?:package|program))|\bAIDS\b"),
        ("130", r"\bfamily planning|\breproductive health|\bpopulation control"),
        ("120", r"\bmalaria|\btuberculosis|\bhospital|\bhealth\b|\bmedical|\bmedicines?\b|\bdoctors?\b|\bclinics?\b|\bebola\b|\bvaccin|\bdisease|\bnurses\b|\bpharmac|\bepidemic|\bpandemic|\bcovid|\bsars\b|\bavian (?:flu|influenza)|\bpolio\b"),
        ("520", r"\bfood (?:aid|assistance|shipments?|supplies|commodit)|\bwheat (?:shipments|donation|flour)|\bgrain (?:aid|shipments)|\bfood security"),
        ("720", r"\bhumanitarian|\bemergency|\bdisaster relief|\brelief\s(?:aid|effort|suppl|goods|work|fund|operation|assistance)|\bearthquake|\btsunami|\bflood|\bcyclone|\bhurricane|\btyphoon|\bfamine|\bdrought|\brefugees?\b|\bvictims|\bdisplaced|\btents\b|\bvolcan"),
        ("730", r"\breconstruct|\brebuild|\bpost-?(?:war|conflict)"),
        ("740", r"\bdisaster (?:prevention|preparedness|risk)|\bearly warning"),
        ("510", r"\bbudget(?:ary)? support|\bbalance[\s-]of[\s-]payments|\bbudget deficit|\bpay (?:the )?salaries|\bstructural adjustment|\beconomic reform|\bbudget gap|\bforeign exchange reserves|\bcivil serv\w{0,5} salar"),
        ("140", r"\bwater\b|\bsanita|\bsewer|\bsewage|\bdrinking|\bboreholes?\b|\bwells\b|\bwaste (?:management|water)|\bdrainage"),
        ("230", r"\belectri|\bpower (?:plant|station|line|grid|project|sector|transmission|suppl|generat)|\bpower\b|\benergy\b|\bhydro|\bsolar\b|\bwind farm|\bdam\b|\btransmission line|\bgas pipeline|\bnatural gas|\bgeothermal|\bsubstation|\bthermal"),
        ("210", r"\broads?\b|\bhighways?\b|\brailways?\b|\brail\b|\brailroads?\b|\bairports?\b|\bports?\b|\bbridges?\b|\btransport|\bairlines?\b|\baircraft\b|\bairplanes?\b|\bplanes?\b|\bferr(?:y|ies)\b|\bexpressway|\bships?\b|\blocomotives?\b|\bbus(?:es)?\b|\bmetro\b|\bharbou?r\b|\bterminal\b|\btrains?\b|\bwharf\b|\bvehicles\b|\bvessels?\b|\bmotorway"),
        ("220", r"\btelecom|\bbroadcast|\bradio\b|\btelevision|\binternet\b|\bfibre?\b|\bfiber[\s-]?optic|\bcommunications?\b|\be-?government|\bict\b|\bcdma\b|\bgsm\b|\bsatellite|\btelephone|\bbackbone|\bnewspaper|\bcomputers\b|\bTV\b"),
        ("110", r"\beducation|\bschools?\b|\buniversit|\bscholarship|\bstudents?\b|\bteachers?\b|\bvocational|\bcollege\b|\bclassrooms?\b|\btextbooks|\bliteracy|\bkindergarten"),
        ("312", r"\bforest|\breforest|\btimber|\blogging"),
        ("313", r"\bfish(?:ing|eries|ery|ermen)\b|\bfishing\b|\baquacultur"),
        ("311", r"\bagricultur|\bagro|\bfarm|\birrigat|\blivestock|\bcrops?\b|\brice\b|\bcotton\b|\bfertili[sz]er|\btractors?\b|\bcattle\b|\bgrain\b|\bfoodgrain|\bcocoa\b|\bcoffee\b|\bmaize\b|\bveterinar|\brural credit|\bland reform|\bfood production"),
        ("322", r"\bmining\b|\bmines?\b|\bcoal\b|\bminerals?\b|\bcopper\b|\bzinc\b|\boil ?fields?|\boil (?:exploration|drilling)|\bpetroleum|\bbauxite|\bgold mine|\biron ore|\bpotash|\bgeological"),
        ("321", r"\bindustr|\bfactor(?:y|ies)\b|\bmanufactur|\bmill\b|\btextile|\bcement\b|\bsteel\b|\brefiner|\bsmall[\s-](?:and[\s-]medium|scale|business)|\bsmes?\b|\bpetrochemical"),
        ("332", r"\btouris|\bhotel"),
        ("331", r"\btrade (?:policy|facilitat|promot|polic)|\bexport (?:promotion|diversif)"),
        ("240", r"\bmicro-?(?:finance|credit)|\bbank(?:s|ing)\b|\bfinancial (?:sector|system|institution)|\bcredit (?:line|lines) (?:to|for) (?:local )?banks|\bexport[\s-]import bank|\bstock exchange|\bfinancial services"),
        ("250", r"\bprivate sector|\bprivati[sz]|\bbusiness (?:support|develop)|\btrade fair"),
        ("410", r"\benvironment|\bclimate|\bbiodivers|\bconservation|\bpollution|\bozone|\bemissions?\b|\bshoreline protection|\bflood (?:control|protection)|\bwildlife"),
        ("160", r"\bhousing|\bapartments?\b|\bsports?\b|\bstadium|\bcultur|\btheatre|\btheater|\bmuseum|\bgymnasium|\borphan|\belderly|\bsocial (?:protection|safety|welfare|security|services)|\bpensions?\b|\bwomen'?s (?:center|centre|federation)|\bolympic|\blow-?cost hous|\bnational arts|\byouth\b|\bpublic works"),
        ("430", r"\brural development|\burban development|\bmulti-?(?:sector|purpose)|\binfrastructure|\balternative development|\bregional development|\btraining\b"),
        ("910", r"\badministrative cost|\boperating expenses"),
        ("530", r"\bcommodit\w{1,4} (?:assistance|import|support)|\bimports? (?:of|support|financing)|\bimport\b"),
        ("998", r"\beconomic (?:aid|assistance|program|and technical)|\btechnical (?:and economic )?cooperation|\bforeign aid|\bdevelopment (?:aid|assistance)|\bvarious|\bunspecified|\bto be (?:decided|determined)|\binitiative|\beconomic development|\bfriend"),
    )
]  # fmt: skip


@cache
def purpose_names() -> dict[str, str]:
    """Code to name, 3-digit heads of split sectors included."""
    names = {r["code"]: r["name"] for r in rows("dac_purposes.csv")}
    names.update({"110": "Education", "120": "Health", "230": "Energy generation and supply"})
    return names


def code_by_rule(text: str) -> str | None:
    """Code of some words by the rules alone: the first rule that matches, 5 digits where the words allow."""
    sector = _sector_by_rule(text)
    return None if sector is None else refine(sector, text)


def code_of_money(purpose: str | None, sentence: str, least: float) -> tuple[str, float] | None:
    """Code and probability of what money is for, by a model over the words of its purpose and of its sentence; 5 digits where the
    purpose's words tell them. None where it is less likely than `least`.
    """
    found = sector_model().sector(purpose, sentence)
    if found is None or found[1] < least:
        return None
    return refine_phrase(found[0], purpose) if purpose else found[0], found[1]


def _sector_by_rule(text: str) -> str | None:
    return next((code for code, pattern in _RULES if pattern.search(text)), None)
