"""States that give aid, and whether one is asked for money or asks for it."""

from __future__ import annotations

# States that give aid on a scale, larger givers first: members of the OECD Development Assistance Committee and the
# other official donors that report to it or are known as such (compiled by us from OECD lists).
GIVERS = ["USA", "DEU", "JPN", "GBR", "FRA", "CAN", "NLD", "SWE", "NOR", "ITA", "CHE", "AUS", "DNK", "BEL", "ESP", "AUT", "KOR", "FIN", "IRL", "NZL", "LUX", "SAU", "ARE", "CHN", "RUS", "SUN", "KWT", "QAT", "TWN", "IND", "TUR", "BRA", "PRT", "GRC", "ISL", "POL", "CZE", "HUN"]  # fmt: skip
# The first of them, down to New Zealand, give far more than they get: asked about aid, they are who grants it.
_MAINLY_GIVING = 20


def giver_rank(state: str) -> int:
    """Place among the givers, larger ones first; the number of givers for a state that is none."""
    return GIVERS.index(state) if state in GIVERS else len(GIVERS)


def is_mainly_giver(state: str | None) -> bool:
    """Whether a state is one that gives aid and is hardly ever given any."""
    return state is not None and giver_rank(state) < _MAINLY_GIVING
