"""Which dollar, pound, rupee, peso, franc or krona a figure is in.

Evidence, nearest first: the state named with the unit; states told of in the sentence, then in the document, the
dateline and the publisher, where exactly such a currency is or was tender; what the bare word means in English news.
"""

from __future__ import annotations

from collections import Counter
from datetime import date

from pipelines.extract.money.home_dollar import home_dollar
from pipelines.extract.money.units import MINOR_UNITS, Unit
from pipelines.language.parse import Article, Parse
from pipelines.reference.countries import StateWord, lookup
from pipelines.reference.currency_units import DEFAULT_OF_WORD, codes_by_word, currencies
from pipelines.reference.word_lists import word_list

# Dollars that only a named state or an own sign shows: the bare word beside these states mostly is the U.S. dollar.
_WORLD_UNITS = frozenset({"dollar", "dollars", "dlr", "dlrs", "cent", "cents", "cts", "ct", "¢"})


# Verbs whose subject gets the money.
_GETS = word_list("sum_words.csv", "verbs of getting")


class CurrencyChooser:
    """Chooses for one document. States are looked up only once a unit leaves a choice."""

    def __init__(self, article: Article, parse: Parse) -> None:
        self._article = article
        self._parse = parse
        self._states: dict[int, list[tuple[int, str]]] | None = None
        self._dollar: str | None = None

    def choose(self, unit: Unit, sentence: int, position: int) -> str | None:
        """ISO 4217 code of a unit used at a character of a sentence, None where the text leaves it open."""
        day = self._article.published_on
        if unit.sign and unit.state:
            return self._of_state(unit, day)
        if unit.sign:
            code = unit.codes[0]
            if unit.text == "$":
                return self._bare_dollar()
            if unit.text == "¥":
                return self._by_state(("JPY", "CNY"), sentence, position, day) or "JPY"
            if unit.text == "£":
                return self._by_state(("GBP",), sentence, position, day) or code
            if len(unit.codes) == 1 and not unit.needs_state:
                return code
            chosen = self._by_state(unit.codes, sentence, position, day)
            if chosen or unit.needs_state:
                return chosen
            return next((c for c in unit.codes if currencies()[c].lived(day)), code)
        if unit.state:
            return self._of_state(unit, day)
        codes = unit.codes
        if len(codes) == 1:
            return codes[0]
        word = unit.text.lower()
        if word in _WORLD_UNITS:
            return self._bare_dollar()
        chosen = self._by_state(codes, sentence, position, day)
        if chosen:
            return chosen
        default = (
            DEFAULT_OF_WORD.get(word)
            or DEFAULT_OF_WORD.get(MINOR_UNITS.get(word, word))
            or _latest_of_one_state(codes, day)
        )
        if default and not currencies()[default].lived(day) and day is not None:
            successors = [c for c in codes if currencies()[c].lived(day)]
            related = [c for c in successors if _share_state(c, default)]
            return related[0] if related else default
        return default

    def _bare_dollar(self) -> str:
        if self._dollar is None:
            named = [state for _, states in sorted(self._all().items()) for _, state in states]
            self._dollar = home_dollar(self._article, self._parse.text, named)
        return self._dollar

    def _of_state(self, unit: Unit, day: date | None) -> str | None:
        state = unit.state or ""
        living = [c for c in unit.codes if currencies()[c].circulates(state, day)]
        if living:
            return living[0]
        issued = [c for c in unit.codes if any(x.state == state for x in currencies()[c].circulation)]
        return issued[-1] if issued else None

    def _by_state(self, codes: tuple[str, ...], sentence: int, position: int, day: date | None) -> str | None:
        giver = self._giver(position)
        near = sorted((not giver[0] <= p < giver[1], abs(p - position), s) for p, s in self._in_sentence(sentence))
        for _, _, state in near:
            code = _tender(codes, state, day)
            if code:
                return code
        for earlier in range(sentence - 1, max(-1, sentence - 4), -1):
            for _, state in reversed(self._in_sentence(earlier)):
                code = _tender(codes, state, day)
                if code:
                    return code
        tenders = Counter(_tender(codes, s, day) for states in self._all().values() for _, s in states)
        del tenders[None]
        if tenders:
            best = max(tenders.values())
            return next(c for c in tenders if tenders[c] == best)
        return _tender(codes, self._article.dateline_country, day) if self._article.dateline_country else None

    def _giver(self, position: int) -> tuple[int, int]:
        """Characters of the words for who hands on an amount in his own money: the subject of the verb that it hangs on ("India
        lent Nepal Rs 45 lakh"), or whom the subject has it from; nothing where there is neither."""
        token = self._parse.token_at(position)
        verb = next((t for t in token.ancestors() if t.pos == "VERB"), None) if token is not None else None
        if verb is None or token is None:
            return (0, 0)
        side = verb.child("nsubj")
        if verb.lemma.lower() in _GETS or verb.child("nsubjpass"):
            from_whom = next(
                (c for c in verb.children if c.lower in ("from", "by") and c.dep in ("prep", "agent")), None
            )
            side = from_whom or side
        words = side.subtree() if side is not None else []
        return (words[0].start, words[-1].end) if words and token not in words else (0, 0)

    def _in_sentence(self, sentence: int) -> list[tuple[int, str]]:
        return self._all().get(sentence, [])

    def _all(self) -> dict[int, list[tuple[int, str]]]:
        if self._states is None:
            self._states = states_named(self._parse)
        return self._states


def is_bare_dollar(unit: Unit) -> bool:
    """Whether a unit is a dollar or cent that nothing beside it says the state of."""
    if unit.sign:
        return unit.text == "$" and not unit.state
    return not unit.state and len(unit.codes) > 1 and unit.text.lower() in _WORLD_UNITS


def states_named(parse: Parse) -> dict[int, list[tuple[int, str]]]:
    """Sentence -> states that it names (alpha-3), each with its first character, in text order."""
    found: dict[int, list[tuple[int, str]]] = {}
    tokens = parse.tokens
    for i, token in enumerate(tokens):
        if not token.text[:1].isupper():
            continue
        named: StateWord | None = None
        for size in (3, 2, 1):
            if i + size <= len(tokens) and tokens[i + size - 1].sentence == token.sentence:
                named = lookup(parse.text[token.start : tokens[i + size - 1].end])
                if named:
                    break
        after = i + size
        if named and after < len(tokens) and tokens[after].lower in codes_by_word():
            continue  # "the Swiss franc" is a currency's name and says nothing of the other francs
        if named:
            found.setdefault(token.sentence, []).append((token.start, named.iso3))
    return found


def _tender(codes: tuple[str, ...], state: str, day: date | None) -> str | None:
    for code in codes:
        if currencies()[code].circulates(state, day):
            return code
    if day is None:
        for code in codes:
            if any(c.state == state for c in currencies()[code].circulation):
                return code
    return None


def _latest_of_one_state(codes: tuple[str, ...], day: date | None) -> str | None:
    """Of currencies of one name that followed each other in one state the one of that day; None where states differ."""
    states = [{c.state for c in currencies()[code].circulation} for code in codes if currencies()[code].circulation]
    if not states or not set.intersection(*states):
        return None
    return next((c for c in codes if currencies()[c].lived(day)), codes[-1])


def _share_state(a: str, b: str) -> bool:
    states = {c.state for c in currencies()[b].circulation}
    return any(c.state in states for c in currencies()[a].circulation)
