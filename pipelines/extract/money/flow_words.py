"""Words of giving, getting and asking, and of givers and receivers that have no name of their own."""

from __future__ import annotations

GIVE = frozenset([
    "give", "provide", "grant", "lend", "loan", "donate", "offer", "pledge", "promise", "commit", "extend",
    "contribute", "allocate", "approve", "award", "disburse", "send", "pay", "devote", "earmark", "release",
    "announce", "deliver", "transfer", "hand", "supply", "spend", "invest", "forgive", "cancel", "write",
    "withhold", "suspend", "cut", "fund", "finance", "authorize", "authorise", "appropriate", "channel", "allot",
    "dedicate", "inject", "arrange", "plan", "agree", "sign", "present", "help", "support", "aid", "assist",
    "waive", "set", "build", "make", "hold", "block", "freeze", "delay", "halt", "resume", "restore", "pass"
])  # fmt: skip
# Who asks for money gets it, unless it is for somebody else.
ASK = frozenset([
    "request", "seek", "ask", "need", "want", "negotiate", "solicit", "appeal", "apply", "require", "await", "lack",
    "call", "propose"
])  # fmt: skip
ASKED = frozenset({"request", "appeal", "application", "bid", "demand", "plea", "need"})
# A parliament that gives may only be talking of it yet.
WEIGH = frozenset({"discuss", "consider", "debate", "weigh", "study", "vote"})
GET = frozenset([
    "receive", "get", "obtain", "secure", "borrow", "contract", "win", "accept", "raise", "collect", "gain", "owe",
    "repay", "reap", "attract"
])  # fmt: skip
MOVES = GIVE | GET | ASK | {"make", "come", "go"}
# Verbs of two parties: their joint subject does not tell which of them gives.
MUTUAL = frozenset({"sign", "agree", "arrange", "reach", "conclude"})
# What a bank does with loans that it has: the nationality beside them is the borrower's.
HOLD = frozenset([
    "have", "hold", "place", "put", "classify", "reclassify", "write", "declare", "sell", "convert", "carry",
    "keep", "own"
])  # fmt: skip
# Receivers and givers without a name: "to developing countries", "to its poorest members".
GROUPS = frozenset([
    "country", "nation", "state", "government", "member", "borrower", "economy", "region", "republic", "democracy",
    "ally", "island", "neighbour", "neighbor"
])  # fmt: skip
# The same of those who are no states: "for small businesses", "from commercial banks".
CROWDS = frozenset([
    "farmer", "business", "family", "worker", "resident", "household", "homeowner", "veteran", "community", "city", "victim",
    "survivor", "people", "candidate", "politician", "company", "firm", "bank", "creditor", "lender", "donor",
    "investor", "agency", "taxpayer", "charity", "organization", "organisation", "group", "foundation", "campaign",
    "student", "school", "individual", "airline", "industry", "institution"
])  # fmt: skip
TO_VERBS = frozenset(
    {"go", "come", "flow", "make", "amount", "rise", "increase", "total", "reach", "be", "raise", "lead"}
)
# What is given, as a noun.
GIVEN = frozenset([
    "aid", "assistance", "grant", "loan", "credit", "donation", "relief", "contribution", "gift", "subsidy",
    "support", "help", "lending", "disbursement", "payment", "transfer", "commitment", "pledge", "funding", "fund",
    "money", "package", "facility", "tranche", "allocation", "sale", "supply", "delivery", "investment", "export",
    "shipment"
])  # fmt: skip
