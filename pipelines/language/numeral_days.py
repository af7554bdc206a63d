"""Days as the parser knows them: "04/05/2016", "19-Nov-12" and "4 May 2016" read as "May 4 2016", of the same length.

The parser was trained on American print: in "On 04/05/2016 Japan lent" and "On 4 May 2016 Japan lent" it takes Japan for a part of what is
behind "on". A day in numerals is read as another of as many letters, since only that it is a day matters to the tree. Offsets into the text
stay what they are; which day it is, is read from the text itself.
"""

from __future__ import annotations

import re

_DAY = re.compile(
    r"(?<![\w./-])(?:\d{1,2}/\d{1,2}/(?:\d{4}|\d\d)|\d{1,2}\.\d{1,2}\.(?:(?:19|20)\d\d|\d\d)|\d{1,2}-\d{1,2}-(?:19|20)\d\d|(?:19|20)\d\d([-/.])\d\d\1\d\d"
    r"|\d{1,2}-(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}-(?:\d{4}|\d\d))(?![\w/-]|\.\d)"
)
_READ_AS = {
    6: "5 July", 7: "15 July", 8: "May 2016", 9: "June 2016", 10: "May 4 2016", 11: "May 15 2016", 12: "June 15 2016",
}  # fmt: skip


_DAY_FIRST = re.compile(
    r"(?<![\w.,/-])(\d{1,2}) (January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?= (?:19|20)\d\d\b|[ ,.;:])"
)


def in_words(text: str) -> str:
    """The text with its days written as the parser knows them, each in as many characters."""
    text = _DAY.sub(lambda day: _READ_AS.get(len(day[0]), day[0]), text)
    return _DAY_FIRST.sub(r"\2 \1", text)
