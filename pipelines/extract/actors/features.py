"""What the resolver's network reads of a document, as arrays: candidates, options, and each pair of them.

Shapes: n candidates, k options. `candidate` is (n, C), `option` (k, O), `pair` (n, k, P), all float32.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipelines.extract.actors.candidates import FORMS, LINKS, OWNERS, Candidate
from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.actors.lemmas import LemmaTable
from pipelines.extract.actors.options import GROUP, KINDS, NONE, PERSON, STATE_KINDS, Option, Options
from pipelines.extract.actors.organisation_names import body_words
from pipelines.language.parse import Token
from pipelines.reference import countries
from pipelines.reference.given_names import share_female
from pipelines.reference.roles import actor_nouns, role_nouns

Floats = NDArray[np.float32]

_CLASSES = ("government", "officials", "forces", "armed", "people", "party", "group", "state", "asset")
_CLASS = {name: i for i, name in enumerate(_CLASSES)}
_DEPS = {"nsubj": 0, "nsubjpass": 1, "dobj": 2, "dative": 2, "pobj": 3, "poss": 4, "conj": 5, "appos": 6, "attr": 7}
_TWO = frozenset({"two", "both", "2", "either", "neither"})
_BUCKETS = np.array([0, 1, 2, 3, 3, 3, 4])  # sentences back
_UNSEEN = 5
_BASE = 34  # pair features beside the links
_STATE_LINKS = (*OWNERS, LINKS.index("speaker"), LINKS.index("subject above"), LINKS.index("subject before"))


@dataclass(slots=True)
class Features:
    """Arrays of a document; `valid` (n, k) says which options a candidate has."""

    candidate: Floats
    form: NDArray[np.int64]
    option: Floats
    kind: NDArray[np.int64]
    pair: Floats
    valid: NDArray[np.bool_]


class FeatureMaker:
    """Makes the arrays of one document, for the first pass and again with what the first pass answered."""

    def __init__(
        self, actors: DocumentActors, found: list[Candidate], options: Options, lemmas: LemmaTable, quoted: set[int]
    ) -> None:
        self.actors, self.found, self.options, self.lemmas, self.quoted = actors, found, options, lemmas, quoted
        self.n, self.k = len(found), len(options.all)
        self.token = np.array([c.head.index for c in found], dtype=np.int64)
        self.sentence = np.array([c.head.sentence for c in found], dtype=np.int64)
        self.kind = np.array([o.kind for o in options.all], dtype=np.int64)
        codes = {iso3: i for i, iso3 in enumerate(dict.fromkeys(o.country for o in options.all if o.country))}
        self.country = np.array([codes.get(o.country or "", -1) for o in options.all], dtype=np.int64)
        is_state = np.isin(self.kind, STATE_KINDS)
        same = (self.country[:, None] == self.country[None, :]) & (self.country[:, None] >= 0)
        self.same_country = same.astype(np.float32)
        self.state_of = (same & is_state[None, :] & ~np.eye(self.k, dtype=bool)).astype(np.float32)
        self.position = {c.head.index: i for i, c in enumerate(found)}
        self.vectors = lemmas.vectors([c.lemma if not c.is_pronoun else "" for c in found])
        self.base = self._base()
        self.candidate = self._candidates()
        self.option = self._options()
        self.form = np.array([c.form for c in found], dtype=np.int64)
        self.valid = self._valid()

    def first_pass(self) -> Features:
        """Arrays where only names are known."""
        return self._with(None)

    def second_pass(self, answers: Floats) -> Features:
        """Arrays where the first pass's answers (n, k), probabilities without "none", count as names do."""
        return self._with(answers)

    def _candidates(self) -> Floats:
        rows = np.zeros((self.n, len(FORMS) + 29), dtype=np.float32)
        at = len(FORMS)
        for i, c in enumerate(self.found):
            row, head = rows[i], c.head
            row[c.form] = 1
            row[at + _DEPS.get(head.dep, 8)] = 1
            noun = None if c.is_pronoun else actor_nouns().get(c.lemma)
            if noun in _CLASS:
                row[at + 9 + _CLASS[noun]] = 1
            row[at + 18] = not c.is_pronoun and c.lemma in role_nouns()
            row[at + 19] = head.index in self.quoted
            row[at + 20] = head.sentence == 0
            row[at + 21] = head.tag in ("NNS", "NNPS")
            row[at + 22] = head.text[0].isupper() and not c.is_pronoun
            row[at + 23] = any(t.dep == "relcl" for t in head.children)
            row[at + 24] = any(t.dep == "amod" for t in head.children)
            before = {t.lower for t in head.children if t.index < head.index}
            row[at + 26] = bool(before & _TWO)
            row[at + 27] = any(t.dep == "nummod" for t in head.children) and not before & _TWO
            row[at + 28] = "other" in before or "another" in before
            row[at + 25] = any(link in OWNERS and t.index in self.options.of_token for link, t in c.links)
        return np.concatenate([rows, self.vectors, self.lemmas.scores([c.lemma for c in self.found])[:, None]], axis=1)

    def _options(self) -> Floats:
        rows = np.zeros((self.k, len(KINDS) + 13), dtype=np.float32)
        at = len(KINDS)
        counts = np.array([len(o.at) for o in self.options.all], dtype=np.float32)
        named = [(o.at[0][0], i) for i, o in enumerate(self.options.all) if o.at and o.kind != GROUP and not o.members]
        first = min(named)[1] if named else -1
        entities = self.actors.entities
        title = self.actors.article.title if self.actors.article else None
        for i, option in enumerate(self.options.all):
            row = rows[i]
            row[option.kind] = 1
            row[at] = option.country is not None
            row[at + 1] = min(np.log1p(counts[i]) / 3, 1)
            row[at + 2] = option.country is not None and option.country == self.actors.home
            row[at + 3] = row[at + 2] and self.actors.home_is_told
            row[at + 4] = i == first
            row[at + 5] = counts[i] > 0 and counts[i] >= counts[self.kind == option.kind].max()
            if option.entity >= 0:
                row[at + 6] = entities[option.entity].role is not None
            if option.kind == PERSON:
                row[at + 9] = share_female(option.name) - 0.4
            row[at + 10] = option.country == "USA"
            row[at + 11] = counts[i] / max(counts[self.kind == option.kind].sum(), 1)
            row[at + 12] = bool(option.name or option.country) and self._is_in_title(option, title)
            row[at + 7] = len(option.members) > 2
            row[at + 8] = counts[i] == 1
        return rows

    @staticmethod
    def _is_in_title(option: Option, title: str | None) -> bool:
        """Whether a title has the last word of a name, or a state's name or demonym."""
        if not title:
            return False
        if option.country and option.kind in STATE_KINDS:
            state = countries.states().get(option.country)
            return state is not None and any(w in title for w in (state.name, *state.adjectives))
        return bool(option.name) and option.name.split()[-1] in title

    def _valid(self) -> NDArray[np.bool_]:
        first = np.array([o.first for o in self.options.all], dtype=np.int64)
        valid = first[None, :] < self.token[:, None]
        valid |= first[None, :] == 0
        own = np.array(self.options.own, dtype=np.int64)
        has = own >= 0
        valid[np.flatnonzero(has), own[has]] = True
        is_set = np.array([bool(o.members) for o in self.options.all])
        plural = np.array([c.is_plural for c in self.found])
        valid &= ~is_set[None, :] | plural[:, None]
        return valid

    # -- pairs --------------------------------------------------------------------------------------

    def _base(self) -> Floats:
        """What does not hang on links: where the option was shown, words in common, the state of home."""
        pair = np.zeros((self.n, self.k, _BASE), dtype=np.float32)
        last = np.full((self.n, self.k), -1, dtype=np.int64)
        for j, option in enumerate(self.options.all):
            if not option.at:
                continue
            at = np.array(option.at, dtype=np.int64)
            before = np.searchsorted(at[:, 0], self.token, side="left") - 1
            has = before >= 0
            near = at[np.maximum(before, 0)]
            last[has, j] = near[has, 0]
            gap = self.sentence - near[:, 1]
            bucket = np.where(has, _BUCKETS[np.clip(gap, 0, len(_BUCKETS) - 1)], _UNSEEN)
            pair[np.arange(self.n), j, bucket] = 1
            pair[:, j, 6] = has * np.exp(-np.log1p(np.maximum(self.token - near[:, 0], 0)) / 2)
            pair[:, j, 7] = has * near[:, 2]
            pair[:, j, 8] = has * near[:, 3]
            pair[:, j, 9] = has * near[:, 4]
            lately = before + 1 - np.searchsorted(at[:, 1], self.sentence - 3, side="left")
            pair[:, j, 10] = np.minimum(lately * has, 4) / 4
            following = at[np.minimum(before + 1, len(at) - 1)]
            pair[:, j, 11] = (following[:, 0] > self.token) & (following[:, 1] == self.sentence)
            pair[:, j, 12] = np.minimum(before + 1, 10) / 10
            pair[:, j, 13] = has * (gap == 1) * near[:, 3]
            pair[:, j, 14] = has * (gap == 0) * near[:, 2]
        self._ranks(pair, last)
        self._sets(pair, last)
        self._words(pair)
        return pair

    def _ranks(self, pair: Floats, last: NDArray[np.int64]) -> None:
        """How many others were shown since: of all, and of those of its own kind."""
        shown = last >= 0
        for column, members in (
            (15, np.array([not o.members and o.kind not in (GROUP, NONE) for o in self.options.all])),
            (16, np.isin(self.kind, STATE_KINDS)),
            (17, self.kind == PERSON),
            (18, np.array([not o.members and o.kind not in (GROUP, NONE, PERSON, *STATE_KINDS) for o in self.options.all])),
            (19, self.kind == GROUP),
            (20, np.array([bool(o.members) for o in self.options.all])),
        ):  # fmt: skip
            which = np.flatnonzero(members)
            if not len(which):
                continue
            order = np.argsort(-last[:, which], axis=1, kind="stable")
            rank = np.empty_like(order)
            np.put_along_axis(rank, order, np.arange(len(which))[None, :], axis=1)
            pair[:, which, column] = shown[:, which] / (1.0 + rank)

    def _sets(self, pair: Floats, last: NDArray[np.int64]) -> None:
        """A set that was not named side by side before is as near as the farthest of its members."""
        for j, option in enumerate(self.options.all):
            if not option.members:
                continue
            members = pair[:, list(option.members)]
            unseen = last[:, j] < 0
            worst = members[:, :, :6].argmax(axis=2).max(axis=1)
            buckets = np.eye(6, dtype=np.float32)[worst]
            pair[unseen, j, :6] = buckets[unseen]
            pair[unseen, j, 6:15] = members[unseen, :, 6:15].min(axis=1)
            pair[:, j, 15:20] = members[:, :, 15:20].min(axis=1)

    def _words(self, pair: Floats) -> None:
        """Roles, last words of names and nouns that a candidate shares with an option."""
        by_role: dict[str, list[int]] = {}
        by_word: dict[str, list[int]] = {}
        by_lemma: dict[str, list[int]] = {}
        by_part: dict[str, list[int]] = {}
        for j, option in enumerate(self.options.all):
            if option.kind == GROUP:
                by_lemma.setdefault(option.lemma, []).append(j)
            if option.entity < 0:
                continue
            entity = self.actors.entities[option.entity]
            for word in set(entity.name.lower().split()):
                by_part.setdefault(word, []).append(j)
            if entity.actor_type == "person":
                for word in set((entity.role or "").lower().replace("-", " ").split()):
                    by_role.setdefault(word, []).append(j)
            elif entity.actor_type != "country":
                for word in body_words(entity.name):
                    by_word.setdefault(word, []).append(j)
        for i, c in enumerate(self.found):
            own = self.options.own[i]
            if own >= 0:
                pair[i, own, 21] = 1
                for column, table in ((22, by_role), (23, by_word), (24, by_lemma), (33, by_part)):
                    for j in table.get(c.lemma, ()):
                        pair[i, j, column] = 1
        groups = np.flatnonzero(self.kind == GROUP)
        if len(groups):
            theirs = self.lemmas.vectors([self.options.all[j].lemma for j in groups])
            norm = np.linalg.norm(self.vectors, axis=1)[:, None] * np.linalg.norm(theirs, axis=1)[None, :]
            pair[:, groups, 25] = (self.vectors @ theirs.T) / np.maximum(norm, 1e-6)

    def _with(self, answers: Floats | None) -> Features:
        links = self._links(answers)
        base = self.base.copy()
        owners = links[:, :, list(OWNERS)].max(axis=2)
        role = base[:, :, 22]
        for column, link in enumerate(_STATE_LINKS[4:]):
            base[:, :, 26 + column] = np.minimum(links[:, :, link] @ self.state_of, 1)
        base[:, :, 29] = np.minimum(owners @ self.state_of, 1)
        of_owner = np.minimum(owners @ self.same_country, 1)
        base[:, :, 30] = role * of_owner
        base[:, :, 31] = base[:, :, 23] * of_owner
        base[:, :, 32] = of_owner
        return Features(
            self.candidate, self.form, self.option, self.kind, np.concatenate([base, links], axis=2), self.valid
        )

    def _links(self, answers: Floats | None) -> Floats:
        """(n, k, links): how far the linked words stand for each option."""
        links = np.zeros((self.n, self.k, len(LINKS)), dtype=np.float32)
        rows: list[int] = []
        columns: list[int] = []
        shown: list[Floats] = []
        kept: dict[int, Floats | None] = {}
        for i, c in enumerate(self.found):
            for link, token in c.links:
                if token.index not in kept:
                    kept[token.index] = self.shown(token, answers)
                if (row := kept[token.index]) is not None:
                    rows.append(i)
                    columns.append(link)
                    shown.append(row)
        if rows:
            for i, link, row in zip(rows, columns, shown, strict=True):
                np.maximum(links[i, :, link], row, out=links[i, :, link])
        return links

    def shown(self, token: Token, answers: Floats | None) -> Floats | None:
        """Which options a word shows: the names on it, else what the first pass answered."""
        named = self.options.of_token.get(token.index)
        if named:
            row = np.zeros(self.k, dtype=np.float32)
            row[named] = 1
            if (together := self.options.set_at.get(token.index)) is not None:
                row[together] = 1
            return row
        at = self.position.get(token.index)
        return None if at is None or answers is None else answers[at]
