"""What a page or wire adds around an article: menus, share lines, credits, legal notices.

Told by signals that hold for any site; lists of known publishers' chrome and paragraphs that a publisher repeats
come beside them. A body line must never be taken for chrome: each signal needs a short line or a place where
body does not stand.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from pipelines.reference import rows, split

_SHORT_WORDS = 25
# An invitation to do something with the page. Only in short paragraphs: long ones tell of such things.
_LINK_LIKE = re.compile(
    # Commands to the reader stand at the start of a sentence; "must sign up to the treaty" does not.
    r"(?:^|[.!?:|)\]*] ?)(?:please )?(?:sign up (?:for|to|here|now)|subscribe (?:now|here|today)"
    r"|subscribe to (?:\S{1,20} ){0,5}"
    r"(?:newsletters?|podcasts?|channel|e-?mails?|magazine|feed|updates?)"
    r"|follow (?:\S{1,25} ){1,5}on (?:twitter|facebook|instagram|x|youtube|linkedin)"
    r"|download (?:our|the) (?:free |new )?\S{0,20} ?app)\b"
    r"|\b(?:click|tap) (?:here|on the (?:link|button|icon|image)|below)\b|\bsign up for (?:free|our"
    r"|the) \S{0,20} ?(?:here|newsletter)"
    r"|\b(?:our|the|daily|weekly|free) (?:e-?mail )?newsletters?\b.{0,60}\b(?:inbox|sign|get|receive)\b"
    r"|\bread (?:more|next|also|the full story|the rest) ?(?:[:>»]|here\b|$)|\bshare (?:this (?:article"
    r"|story|post|page)|on facebook|on twitter|via e-?mail)\b"
    r"|\ball rights reserved\b|\bterms of (?:service|use)\b.{0,60}\bprivacy\b"
    r"|\bprivacy policy\b.{0,60}\bterms\b|\bcookie (?:policy|settings)\b"
    r"|\b(?:story|article) continues (?:below|after)\b|\bcontinue reading\b|\benlarge this image\b"
    r"|\b(?:toggle|hide) caption\b"
    r"|\bthis (?:material|article|story) (?:may|must) not be (?:published|reproduced|redistributed)\b"
    r"|\b(?:log|sign) in to (?:comment|your account)\b|\bview (?:all )?comments\b|\bskip to (?:main )?content\b"
    r"|\bfor (?:reprint|republishing) permissions?\b|\bsuccessfully subscribed\b"
    r"|^(?:get|receive) (?:the|our|all the) (?:latest|top|best|biggest)\b.{0,80}\b(?:news|updates|stories|headlines|content)\b",
    re.IGNORECASE,
)
# A label that points elsewhere, with what it points to.
_POINTER = re.compile(
    r"(?:related(?: (?:stories|articles|coverage|links))?|read more|also read|read also|see also"
    r"|more on this|don['’]t miss|recommended|gallery"
    r"|in pictures|watch(?: (?:live|now|more))?|listen|video|photos?|image|caption|tags?|topics"
    r"|filed under|source(?= ?[:>»|]\s?(?-i:[^a-z\s]))) ?[:>»|]\s?",
    re.IGNORECASE,
)
_ALONE = re.compile(
    r"(?:advertisements?|related(?: (?:stories|articles|coverage|topics|content|posts))?|most (?:read"
    r"|popular|viewed)|trending"
    r"|breaking news|latest news|top stories|accessibility links|share|print|e-?mail|comments?|photos?"
    r"|videos?|watch|listen"
    r"|file photo|image copyright|image caption|media caption|close|menu|search|home|news|subscribe"
    r"|newsletters?|more from \S.{0,40}"
    r"|end of (?:story|report|text)|reuters?(?:\^m)?|recommended|editor'?s picks?|tags?|topics|see also"
    r"|read more|loading\W*"
    r"|you (?:may|might) (?:also|like).{0,30}|leave a (?:reply|comment)\b.{0,30}|(?:new |our )?(?:terms (?:of|and) \w{1,12}|privacy policy)"
    r"|contact(?: us)?|about us|careers|site ?map|sign (?:in|up)|log ?in|register"
    r"|for immediate release|story highlights|-?30-?|ends|facebook|twitter|whatsapp|linkedin|pinterest"
    r"|reddit|copy link|google\+?"
    r"|advertisement -? ?continue reading below|skip (?:to|advert)\b.{0,20}|next|previous|prev"
    # of print views and typescripts
    r"|(?:close (?:this )?window|back to (?:the )?(?:top|(?:front|home|main) ?page)|print(?:er)?[- ]friendly(?: version)?|e-?mail (?:this|to a) (?:article|story|page|friend|link))(?: (?:to a friend|of (?:the |this )?page))?"
    r"|[-–—] ?\d{1,4} ?[-–—]|page \d{1,4}(?: of \d{1,4})?)[:.]?",
    re.IGNORECASE,
)
# Captions and credits of pictures and players.
_CAPTION = re.compile(
    r"(?:image|media|video|photo|picture) (?:copyright|caption|source|credits?)\b|media playback is (?:un"
    r"|not )supported"
    r"|enlarge this image|file(?: photo)?\s?[-–—:]{1,2}\s?(?:in this|this|an?|the)\b.{0,120}\bphoto\b"
    r"|photo(?:graph)?s? (?:by|courtesy)\b"
    r"|\((?:\w{1,20} ){0,2}(?:photo|image|picture|video)s?\b[^()]{0,100}\)$|\([^()]{0,80}\b(?:photo"
    r"|getty images|wikimedia|shutterstock)\b[^()]{0,40}\)$",
    re.IGNORECASE,
)
_LONGEST_CAPTION = 90  # words
# Who took the picture, behind what it shows.
_PICTURE_CREDIT = re.compile(
    r"\([^()]{0,60}(?:\b(?:AP|AFP|EPA|Reuters|file|handout|courtesy) photo|\bphotos? (?:by|courtesy)|getty images|shutterstock|istock"
    r"|/(?:AP|AFP|EPA|Reuters)\b)[^()]{0,40}\)\.?$",
    re.IGNORECASE,
)
# What widgets put on a page: readers' comments with their hour, polls, teasers cut off, menus whose words run together.
_CLOCK = r"[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4}(?:,| at| -)? \d{1,2}:\d\d ?(?:[ap]\.?m\.?)?"
_WIDGET = re.compile(
    rf"(?:.{{1,40}} (?:says|said|wrote|commented):? )?{_CLOCK}(?: .*)?$|.{{0,160}}\(\d{{1,3}} ?%, [\d,]+ votes\)$|.{{0,400}}\[(?:…|\.\.\.)\]$"
    r"|.{0,160}\(opens in (?:a )?new (?:window|tab)\)$",
    re.IGNORECASE,
)
# Offers of subscriptions, which name sums that are no news.
_OFFER = re.compile(
    r"\b(?:unlimited|full|digital) access (?:for|from|to)\b.{0,60}(?:[$£€]\d|free|months?|weeks?)|\balready a (?:subscriber|member)\b"
    r"|\bto (?:read|continue reading|view) (?:this|the (?:full|rest)).{0,60}\b(?:subscri|sign in|log in|register|account)"
    r"|\bsubscribe (?:to (?:continue|read|unlock)|for (?:just|only|as little as|[$£€]\d))|\bthis (?:article|content|story) is (?:for|available to|reserved for|only).{0,20} subscribers\b"
    r"|\b(?:support|donate|become an? (?:member|subscriber|patron|supporter)|contribute|join us|chip in)\b.{0,60}"
    r"\b(?:as little as|just|only|from) [$£€]\d{1,3}(?:\.\d\d)?(?![\d,]| ?(?:million|billion|trillion|m|bn|k)\b)"
    r"|\b(?:member|subscri\w+|join|read without ads|full access)\b.{0,60}[$£€]\d{1,3}(?:\.\d\d)? (?:a|per|/) ?(?:week|month|year)"
    r"|\b(?:subscriptions? (?:start|begin|cost)s?|cancel (?:at )?any ?time|free trial|introductory offer)\b.{0,80}",
    re.IGNORECASE,
)
_LONGEST_OFFER = 45  # words
# What an offer says to whoever reads it; "Members pay $5 a month for water" says nothing to them.
_TO_READER = re.compile(
    r"\b(?:you|your|our|us|we)\b|\b(?:this|the full) (?:article|content|story|page)\b|\balready a (?:subscriber|member)\b|\bcancel (?:at )?any ?time\b"
    r"|(?:^|[.!?:|*•] ?)(?:please )?(?:subscribe|join|support|donate|become|get|try|start|sign|log|read|continue|unlock|chip|contribute|choose|enjoy|click)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[\"“”]|\b(?:said|says|announced|told)\b")
_RUN_TOGETHER = re.compile(r"[a-z](?:[A-Z]|_[a-z])")
_FEWEST_RUN_TOGETHER = 3
_CREDIT = re.compile(
    r"(?:[A-Z(][\w./'’,()\- ]{0,120} )?contributed (?:to this (?:report|story|article)|reporting"
    r"|additional reporting|to the reporting)\b.{0,120}"
    r"|[A-Z][\w./'’,\- ]{0,100}\b(?:writers?|reporters?|correspondents?"
    r"|staff)\b[\w./'’,\- ]{0,100} contributed\b.{0,80}"
    r"|(?:additional |with )?(?:reporting|writing|editing|translation|graphics?|research) by \b.{0,200}"
    r"|reporting for \S.{0,80}"
    r"|(?:edited|compiled|translated|produced) by [A-Z].{0,100}"
    r"|with (?:additional )?(?:reporting|reports|material|files|input|assistance) (?:by|from) \S.{0,120}",
    re.IGNORECASE,
)
_RIGHTS = re.compile(
    r"\W{0,2}(?:©|\(c\)|copyright (?:©|\(c\)|\d{4}|by\b|the\b|[A-Z]\w{1,20} \d{4})).{0,240}"
    r"|.{0,160}\b(?:no portion of (?:the|this)|in any media without"
    r"|without (?:the )?(?:prior )?(?:express )?(?:written )?(?:permission|consent) of)\b.{0,200}",
    re.IGNORECASE,
)
# How a text is signed off: editors' initials, corrections and notes about the text itself.
_SIGNED = re.compile(
    r"\(?(?:this (?:story|report|article|post|version|piece) (?:has been|was|is) (?:\w{1,12} )?(?:updated"
    r"|corrected|refiled|amended|revised|published|translated)\b"
    r"|(?:editor['’]?s['’]? note|correction|update|note to readers)\s?:).{0,400}"
    r"|[a-z]{2,4}(?:/[a-z]{2,4}){1,3}(?: \([^()]{1,40}\))?"
    r"|(?:[\w.'’-]{1,20} ){1,4}(?:is|was) (?:an? |the )?(?:[\w'’-]{1,20} ){0,4}(?:reporter|correspondent|columnist|editor|writer|contributor)s?"
    r" (?:for|at|with|of|covering|based) .{1,160}",
    re.IGNORECASE,
)
# What a monitoring service says of a report before it: "Text of report in English by Omani news agency ONA".
_SOURCE_NOTE = re.compile(
    r"(?:(?:full |unattributed )?text|excerpts?|summary) (?:of|from) (?:an? |the )?(?:\w{1,12} ){0,3}(?:report|article|dispatch|announcement|commentary|editorial|interview|statement|speech)s?\b.{0,240}",
    re.IGNORECASE,
)
_TRAILING_CREDIT = re.compile(
    r" ?\((?:additional )?(?:reporting|writing|editing|compiled) by [^()]{1,300}\)\.?$", re.IGNORECASE
)
_SCRIPT = re.compile(r"\b(?:window|document)\.\w{1,40}|\bfunction ?\(|\bvar \w{1,30} ?=")
_INITIALS = re.compile(r"\([A-Za-z]{2,4}(?:[-/][A-Za-z]{2,4}){1,3}\)|\([a-z]{2,3}\)")
# Where to reach the writer: an address of mail or a handle.
_CONTACT = re.compile(r"\b[\w.+-]{1,40}@[\w-]{1,40}\.\w{2,8}\b|(?:^|\s)@\w{2,30}\b")
_STAMP = re.compile(
    r"(?:[^|•·]{1,60}[|•·] ?)?(?:last )?(?:updated|published|posted|modified|created)\b[ :].{0,60}"
    r"|\d{1,3} (?:comments|shares|views)\b.{0,40}",
    re.IGNORECASE,
)
_LEGAL = re.compile(
    r"\byou(?:r)?\b.{0,300}\b(?:could face|liable|at your own risk|our (?:content|website|site|services?)"
    r"|contacting us|consent to|agree to our"
    r"|privacy|cookies|(?:un)?subscribed?|newsletters?|log in|sign up|terms)\b|\b(?:our (?:content|website|site)|cookies)\b.{0,200}\byou(?:r)?\b",
    re.IGNORECASE | re.DOTALL,
)
_BYLINE = re.compile(
    r"(?P<how>(?:written |posted |reported |story |report |text )?(?:by|from))\s+(?P<author>[A-Z][\w.'’\-]+(?:[ ,]+(?:and |[A-Z])[\w.'’\-]*){0,8})(?:\s*[|/].{0,40})?\.?",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]{0,2}$")
_NAME_WORD = re.compile(r"[A-Z][\w.'’\-]*|and|of|de|la|van|von|al|bin|der|,|the|in", re.UNICODE)


def ends_like_a_sentence(paragraph: str) -> bool:
    return bool(_SENTENCE_END.search(paragraph))


def byline_author(paragraph: str) -> str | None:
    """Author of a byline paragraph ("By Jane Doe, Staff Writer"), else None."""
    if len(paragraph) > 90 or ends_like_a_sentence(paragraph.rstrip(".")):
        return None
    match = _BYLINE.fullmatch(paragraph)
    if not match or not match["how"].lower().endswith("by"):
        return None
    author = re.sub(
        r",? in (?:the )?[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,2}$", "", match["author"]
    )  # "By Ann Poe in Accra"
    words = author.split()
    return author.strip(" ,.") if all(_NAME_WORD.fullmatch(w.strip(",")) for w in words) else None


def is_chrome_line(paragraph: str) -> bool:
    """Whether a paragraph is chrome wherever it stands."""
    if not any(map(str.isalnum, paragraph)) or _ALONE.fullmatch(paragraph):
        return True
    words = paragraph.count(" ") + 1
    if words <= _LONGEST_CAPTION and _CAPTION.match(paragraph):
        return True
    if _SCRIPT.search(paragraph[:200]) and ("{" in paragraph or ";" in paragraph) and "=" in paragraph:
        return True
    if words <= _LONGEST_CAPTION and _PICTURE_CREDIT.search(paragraph[-120:]):
        return True
    if _WIDGET.match(paragraph) or (
        words <= _LONGEST_OFFER
        and _OFFER.search(paragraph)
        and not _QUOTED.search(paragraph)
        and _addresses_reader(paragraph)
    ):
        return True
    if not ends_like_a_sentence(paragraph) and len(_RUN_TOGETHER.findall(paragraph)) >= max(
        _FEWEST_RUN_TOGETHER, words // 5
    ):
        return True
    if words > _SHORT_WORDS or '"' in paragraph or "“" in paragraph:
        return False
    return bool(_LINK_LIKE.search(paragraph) or _POINTER.match(paragraph))


def _addresses_reader(offer: str) -> bool:
    """Whether an offer speaks to the reader, as one without a verb does ("Digital access from $1 a week")."""
    return _TO_READER.search(offer) is not None or not ends_like_a_sentence(offer)


def is_stamp(paragraph: str) -> bool:
    """Whether a paragraph above the body only says when it was put there ("Xinhua | Updated: 2017-09-15 17:52")."""
    return (
        len(paragraph) <= 110 and not ends_like_a_sentence(paragraph.rstrip(".")) and bool(_STAMP.fullmatch(paragraph))
    )


def is_source_note(paragraph: str) -> bool:
    """Whether a paragraph above a report tells whose it is, as monitoring services do."""
    return not ends_like_a_sentence(paragraph) and _SOURCE_NOTE.fullmatch(paragraph) is not None


def is_rights_notice(paragraph: str) -> bool:
    """Whether a paragraph reserves rights."""
    return len(paragraph) <= 420 and bool(_RIGHTS.fullmatch(paragraph)) and '"' not in paragraph


def ends_body(paragraph: str) -> bool:
    """Whether a paragraph is a credit or rights line, after which no body comes."""
    if len(paragraph) > 260:
        return False
    if is_rights_notice(paragraph):
        return True
    return bool(_CREDIT.match(paragraph.strip("()[]—–-_* ")))


def without_credit(paragraph: str) -> str:
    """The last paragraph without a credit in brackets that wrapping joined to it."""
    return paragraph[:-400] + _TRAILING_CREDIT.sub("", paragraph[-400:])


def is_signature(paragraph: str) -> bool:
    """Whether a paragraph at the very end signs the text: initials, an address, a handle, a note about the text."""
    if _SIGNED.fullmatch(paragraph) or any(form.fullmatch(paragraph) for form in _signatures()):
        return True
    short = paragraph.count(" ") < 12 and '"' not in paragraph and "“" not in paragraph
    return short and bool(_INITIALS.fullmatch(paragraph) or _CONTACT.search(paragraph))


def is_notice_to_reader(paragraph: str) -> bool:
    """Whether a paragraph addresses the reader about the site: for the end of a text alone."""
    return bool(_LEGAL.search(paragraph)) and '"' not in paragraph and "“" not in paragraph


def without_signature(paragraph: str) -> str:
    """The last paragraph without an agency's mark behind its full stop ("… by 2040. Enditem")."""
    found = _JOINED.search(paragraph[-60:])
    if found is None or not any(form.fullmatch(found[1]) for form in _signatures()):
        return paragraph
    return paragraph[: len(paragraph) - len(found[0])]


# What stands behind the last full stop of a paragraph.
_JOINED = re.compile(r"(?<=[.!?\"”’]) +([^.!?]{2,30}\.?)$")


@cache
def _signatures() -> tuple[re.Pattern[str], ...]:
    """How agencies sign a report off, from the list of them."""
    return tuple(re.compile(row["pattern"]) for row in rows("agency_signatures.csv"))


@cache
def _known() -> dict[str, tuple[tuple[str, str], ...]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for row in rows("publisher_chrome.csv"):
        for name in split(row["publisher"].lower()):
            found.setdefault(name, []).append((row["match"], row["text"]))
    return {publisher: tuple(entries) for publisher, entries in found.items()}


def is_known_chrome(paragraph: str, publisher: str | None) -> bool:
    """Whether the list of publishers' chrome has the paragraph for its publisher, by start of name or by domain."""
    return bool(publisher) and any(
        (match == "is" and paragraph == text)
        or (match == "starts" and paragraph.startswith(text))
        or (match == "contains" and text in paragraph and len(paragraph) < 200)
        for match, text in _entries(publisher or "")
    )


@lru_cache(maxsize=4096)
def _entries(publisher: str) -> tuple[tuple[str, str], ...]:
    folded = publisher.lower()
    return tuple(
        entry
        for name, entries in _known().items()
        if folded.startswith(name) or ("." in name and folded.endswith(name))
        for entry in entries
    )
