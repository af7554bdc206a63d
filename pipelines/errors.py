"""Errors whose message is written for the user: what happened, where, what to do."""

from __future__ import annotations


class Explained(Exception):
    """Base of all of them: the command line shows the message alone, any other error with its class and a hint to `--debug`."""


def without_class(message: str, class_name: str | None) -> str:
    """The message of an explained error as it was raised: Dagster puts the class, `package.Class: `, in front of it."""
    names = {kind.__name__ for kind in _all_below(Explained)}
    head, colon, rest = message.partition(": ")
    is_class = bool(colon) and class_name in names and head.rpartition(".")[2] == class_name
    return rest if is_class else message


def _all_below(kind: type[Explained]) -> list[type[Explained]]:
    return [below for direct in kind.__subclasses__() for below in (direct, *_all_below(direct))]
