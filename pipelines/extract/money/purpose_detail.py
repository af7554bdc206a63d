"""The 5-digit CRS purpose of a sector: by words that settle it, or by a small model that is sure enough.

The words are compiled by us from the code list's wording (pipelines/reference/dac_purposes.csv, IATI). Education, health
and energy stay at their 3-digit heads: CRS splits those sectors by level and source, which news hardly tells.
"""

from __future__ import annotations

import re

from pipelines.extract.money.purpose_model import detail_model

_DETAILS: dict[str, list[tuple[str, re.Pattern[str]]]] = {
    sector: [(code, re.compile(pattern, re.IGNORECASE)) for code, pattern in rules]
    for sector, rules in {
        "130": [("13040", r"\bhiv\b|\baids\b"), ("13030", r"\bfamily planning|\bcontracepti"), ("13020", r"\breproductive|\bmaternal|\bmother")],
        "140": [("14020", r"\bwater supply|\bwater treatment|\bsewer|\bsewage|\bsanitation"), ("14040", r"\briver basin"), ("14050", r"\b(?:solid )?waste (?:management|disposal|collect)|\bgarbage|\blandfill")],
        "151": [("15132", r"\bpolice\b|\blaw[\s-]enforcement"), ("15151", r"\belections?\b|\belectoral"), ("15160", r"\bhuman rights"), ("15113", r"\banti-?corruption"), ("15130", r"\bjudicia|\bcourts?\b|\blegal\b"), ("15153", r"\bmedia\b|\bpress freedom"), ("15150", r"\bcivil society|\bdemocra")],
        "152": [("15250", r"\blandmines?|\bde-?mining|\bunexploded"), ("15230", r"\bpeace-?\s?keep"), ("15240", r"\bex-?combatants|\bdemobili|\bdisarm|\breintegrat"), ("15220", r"\bpeace-?building|\bconflict (?:prevention|resolution)|\breconciliation")],
        "160": [("16063", r"\bnarcotic|\banti-?drug|\bdrug (?:control|traffick|war|eradicat|interdict)"), ("16040", r"\blow-?cost hous|\bhousing\b|\bapartments?\b"), ("16065", r"\bsports?\b|\bstadium|\bgymnasium|\bolympic"), ("16066", r"\bcultur|\btheat|\bmuseum"), ("16020", r"\bjobs?\b|\bemployment")],
        "210": [("21020", r"\broads?\b|\bhighways?\b|\bbridges?\b|\bexpressway|\bmotorway|\bbus(?:es)?\b|\bvehicles\b"), ("21030", r"\brail|\blocomotives?\b|\btrains?\b|\bmetro\b"), ("21040", r"\bports?\b|\bharbou?r|\bships?\b|\bvessels?\b|\bferr(?:y|ies)\b|\bwharf|\bberths?\b"), ("21050", r"\bairports?\b|\baircraft|\bairlines?\b|\bairplanes?\b|\bplanes?\b")],
        "220": [("22030", r"\bradio\b|\btelevision|\bTV\b|\bbroadcast|\bnewspaper"), ("22040", r"\binternet\b|\be-?government|\bict\b|\bcomputers\b|\binformation technology"), ("22020", r"\btelecom|\btelephone|\bfib(?:er|re)|\bgsm\b|\bcdma\b|\bsatellite|\bmobile")],
        "240": [("24040", r"\bmicro-?(?:finance|credit)"), ("24030", r"\bbank")],
        "311": [("31140", r"\birrigat"), ("31182", r"\bagricultural research|\bcrop research"), ("31164", r"\bland reform|\bagrarian"), ("31150", r"\bfertili[sz]er|\bseeds\b|\binputs\b"), ("31163", r"\blivestock|\bcattle"), ("31193", r"\b(?:agricultural|farm|rural) credit"), ("31120", r"\bagricultural (?:development|project|program)")],
        "312": [("31220", r"\bforest|\breforest")],
        "313": [("31320", r"\bfish")],
        "321": [("32130", r"\bsmall[\s-](?:and[\s-]medium|scale|business)|\bsmes?\b"), ("32163", r"\btextile|\bgarment"), ("32166", r"\bcement"), ("32169", r"\bsteel\b|\biron\b"), ("32120", r"\bindustr")],
        "322": [("32261", r"\bcoal\b"), ("32262", r"\boil\b|\bpetroleum|\bnatural gas"), ("32264", r"\bcopper|\bzinc|\blead\b|\bbauxite"), ("32265", r"\bgold\b|\bdiamond"), ("32220", r"\bexploration|\bprospect|\bgeological")],
        "332": [("33210", r"\btouris|\bhotel")],
        "410": [("41030", r"\bbiodivers|\bwildlife|\bconservation of species"), ("41020", r"\bclimate|\bemissions?\b|\bozone|\bpollution")],
        "430": [("43040", r"\brural development"), ("43030", r"\burban development|\burban infrastructure"), ("43050", r"\balternative development")],
        "510": [("51010", r"\bbudget|\bbalance[\s-]of[\s-]payments|\bstructural adjustment")],
        "520": [("52010", r"\bfood\b|\bwheat|\brice\b|\bgrain")],
        "600": [("60040", r"\breschedul|\brefinanc|\brestructur"), ("60061", r"\bdebt[\s-](?:for|swap)"), ("60020", r"\bforgiv|\bcancel|\bwrit|\bwaiv")],
        "720": [("72040", r"\bfood\b|\brice\b|\bwheat|\bfamine|\bhunger"), ("72010", r"\brelief|\btents\b|\bblankets|\bshelter|\bmedicines|\bvictims|\bsuppl")],
        "730": [("73010", r"\breconstruct|\brebuil|\brehabilit")],
    }.items()
}  # fmt: skip


# Least probability that the model is heard from; chosen on purpose_dev, cross-validated (training/README.md).
_SURE_OF_PHRASE = 0.5
_HEADS = frozenset({"110", "120", "230"})


def refine(code: str, text: str) -> str:
    """The 5-digit code that the words allow, else the code as it was.

    >>> refine("210", "to repair roads in the north"), refine("210", "to repair roads and ports")
    ('21020', '210')
    """
    fitting = [detail for detail, pattern in _DETAILS.get(code, ()) if pattern.search(text)]
    return fitting[0] if len(fitting) == 1 else code


def refine_phrase(sector: str, phrase: str) -> str:
    """The 5-digit code of a short purpose phrase: by its words, else by the model; the sector where neither tells."""
    ruled = refine(sector, phrase)
    told = detail_model().likeliest(phrase, sector) if ruled == sector and sector not in _HEADS else None
    return told[0] if told and told[1] >= _SURE_OF_PHRASE else ruled
