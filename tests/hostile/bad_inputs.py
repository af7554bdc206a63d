"""Inputs that go wrong, of many kinds, from a seed: what users' folders hold by accident and what malice makes."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import os
import random
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import zstandard

TEXT = "The ministers of both states met in Oslo on Monday and agreed on a loan of five million dollars."

Maker = Callable[[random.Random], tuple[str, bytes]]
KINDS: dict[str, Maker] = {}


def kind(function: Maker) -> Maker:
    """Add a maker of (file name, content) to the kinds, by its name."""
    KINDS[function.__name__] = function
    return function


def _text(r: random.Random) -> str:
    return " ".join([TEXT] * r.randint(1, 6))


def _record(r: random.Random) -> bytes:
    return json.dumps({"id": r.randint(1, 10**6), "text": _text(r)}).encode()


def _zip(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def _tar(members: list[tuple[tarfile.TarInfo, bytes]]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for info, content in members:
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return out.getvalue()


@kind
def random_bytes(r: random.Random) -> tuple[str, bytes]:
    endings = [
        "txt",
        "html",
        "jsonl",
        "json",
        "csv",
        "parquet",
        "warc",
        "xml",
        "sgm",
        "eml",
        "mbox",
        "pdf",
        "zip",
        "tar",
        "gz",
        "txt.zst",
        "txt.xz",
        "txt.bz2",
    ]
    return f"a.{r.choice(endings)}", r.randbytes(r.randint(0, 3000))


@kind
def empty(r: random.Random) -> tuple[str, bytes]:
    return f"a.{r.choice(['txt', 'jsonl', 'json', 'csv', 'xml', 'zip', 'warc', 'parquet', 'eml'])}", r.choice(
        [b"", b"\xef\xbb\xbf", b" \r\n\t", b"\n" * 50]
    )


@kind
def nul_bytes(r: random.Random) -> tuple[str, bytes]:
    return f"a.{r.choice(['txt', 'csv', 'jsonl', 'html'])}", b"\x00".join(_text(r).encode().split())


@kind
def bad_utf8(r: random.Random) -> tuple[str, bytes]:
    content = bytearray(_text(r).encode())
    for _ in range(r.randint(1, 30)):
        content.insert(r.randrange(len(content)), r.randint(128, 255))
    return f"a.{r.choice(['txt', 'html'])}", bytes(content)


@kind
def other_encodings(r: random.Random) -> tuple[str, bytes]:
    return "a.txt", ("Министры встретились в Осло. " * 8).encode(
        r.choice(["cp1251", "koi8-r", "utf-16", "utf-16-le", "utf-32", "utf-8-sig"])
    )


@kind
def long_line(r: random.Random) -> tuple[str, bytes]:
    return f"a.{r.choice(['txt', 'csv', 'jsonl'])}", r.choice([b"x", b"(", b"9", b'"', b"<", b"[", b"{"]) * r.randint(
        200_000, 1_000_000
    )


@kind
def deep_html(r: random.Random) -> tuple[str, bytes]:
    n = r.choice([300, 3000, 30_000])
    return "a.html", b"<html><body>" + b"<div>" * n + _text(r).encode() + b"</div>" * n


@kind
def deep_json(r: random.Random) -> tuple[str, bytes]:
    n = r.randint(1000, 60_000)
    opening, closing = r.choice([(b"[", b"]"), (b'{"a":', b"}")])
    return f"a.{r.choice(['json', 'jsonl'])}", opening * n + b"1" + closing * n


@kind
def bad_json(r: random.Random) -> tuple[str, bytes]:
    line = r.choice(
        [
            b'{"text": "a", "text": "b"}',
            b'{"text": NaN}',
            b'{"text": 1e999}',
            b'{"n": ' + b"9" * 6000 + b"}",
            b'{"text": "\\ud800 alone"}',
            b'{"text": {"a": [1]}}',
            b"null",
            b"true",
            b'"words"',
            b"{'text': 'single'}",
        ]
    )
    return f"a.{r.choice(['json', 'jsonl'])}", line


@kind
def cut_json(r: random.Random) -> tuple[str, bytes]:
    rows = b"[" + b",".join(_record(r) for _ in range(5)) + b"]"
    return "a.json", rows[: r.randint(1, len(rows) - 1)]


@kind
def odd_dates(r: random.Random) -> tuple[str, bytes]:
    day = r.choice(
        ["9999-12-31", "0000-00-00", "2019-02-31", "290000-01-01", "-5", "1e300", "tomorrow", "31/02/2019", ""]
    )
    return "a.jsonl", json.dumps({"text": _text(r), "date": day, "id": day}).encode()


@kind
def hostile_strings(r: random.Random) -> tuple[str, bytes]:
    words = [
        "'); DROP TABLE documents;--",
        '=HYPERLINK("http://x")',
        "\u202e\u2066bidi",
        "a\u200bb\u00adc",
        "../../etc/passwd",
        "%s%n{0}",
        "\x1b[31m",
        "\U0001f600" * 50,
        "e\u0301" * 50,
    ]
    word = r.choice(words)
    return "a.jsonl", json.dumps(
        {"text": f"{_text(r)} {word}", "title": word, "source": word, "id": word, "author": [word]}
    ).encode()


@kind
def bad_csv(r: random.Random) -> tuple[str, bytes]:
    return "a.csv", r.choice(
        [
            b'text\n"never closed, ' + TEXT.encode() * 40,
            b"text,id\n" + b"a,b,c,d\n" * 9,
            b"no,such,columns\n1,2,3\n",
            b"text\n" + b'"' * 999,
            b"text\r" + TEXT.encode() + b"\r",
            b",,,\n,,,\n",
        ]
    )


@kind
def bad_xml(r: random.Random) -> tuple[str, bytes]:
    laughs = (
        b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">'
        + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a;" * 10) for n in range(9))
        + b"]><l>&a8;</l>"
    )
    outside = (
        b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><nitf><body>&x;</body></nitf>'
    )
    deep = b'<?xml version="1.0"?>' + b"<a>" * 5000 + b"</a>" * 5000
    return f"a.{r.choice(['xml', 'rss', 'nitf'])}", r.choice(
        [
            laughs,
            outside,
            deep,
            b"<?xml version='1.0'?><nitf><body>",
            b"<rss><channel><item/></channel></rss>",
            b"<?xml version='1.0' encoding='no-such'?><a/>",
        ]
    )


@kind
def cut_compressed(r: random.Random) -> tuple[str, bytes]:
    ending, pack = r.choice(
        [(".gz", gzip.compress), (".zst", zstandard.compress), (".xz", lzma.compress), (".bz2", bz2.compress)]
    )
    content = pack(b"\n".join(_record(r) for _ in range(60)))
    return f"a.jsonl{ending}", content[: r.randint(0, len(content) - 1)]


@kind
def flipped_bits(r: random.Random) -> tuple[str, bytes]:
    content = bytearray(
        r.choice(
            [
                gzip.compress(_text(r).encode()),
                _zip({"a.txt": _text(r).encode()}),
                _tar([(tarfile.TarInfo("a.txt"), _text(r).encode())]),
            ]
        )
    )
    for _ in range(r.randint(1, 8)):
        content[r.randrange(len(content))] ^= 1 << r.randrange(8)
    return f"a.{r.choice(['txt.gz', 'zip', 'tar'])}", bytes(content)


@kind
def bomb(r: random.Random) -> tuple[str, bytes]:
    zeros = b"0" * 120_000_000
    return r.choice(
        [
            ("a.jsonl.gz", gzip.compress(zeros, 1)),
            ("a.csv.zst", zstandard.compress(zeros, 1)),
            ("a.zip", _zip({"a.jsonl": zeros})),
        ]
    )


@kind
def nested_archives(r: random.Random) -> tuple[str, bytes]:
    content = _zip({"a.txt": _text(r).encode()})
    for _ in range(r.randint(2, 6)):
        content = _zip({"inner.zip": content})
    return "a.zip", content


@kind
def paths_that_lead_out(r: random.Random) -> tuple[str, bytes]:
    name = r.choice(
        [
            "../../escape.txt",
            "/tmp/escape.txt",
            "..\\escape.txt",
            "C:/escape.txt",
            "a/../../escape.txt",
            "x\ny.txt",
            "a" * 300 + ".txt",
        ]
    )
    return r.choice([("a.zip", _zip({name: TEXT.encode()})), ("a.tar", _tar([(tarfile.TarInfo(name), TEXT.encode())]))])


@kind
def links_in_archives(r: random.Random) -> tuple[str, bytes]:
    info = tarfile.TarInfo("link.txt")
    info.type, info.linkname = r.choice(
        [
            (tarfile.SYMTYPE, "/etc/passwd"),
            (tarfile.LNKTYPE, "other.txt"),
            (tarfile.FIFOTYPE, ""),
            (tarfile.CHRTYPE, ""),
        ]
    )
    return "a.tar", _tar([(info, b""), (tarfile.TarInfo("fine.txt"), _text(r).encode())])


@kind
def many_small_members(r: random.Random) -> tuple[str, bytes]:
    return "a.zip", _zip(
        {f"{n}.{r.choice(['txt', 'exe', 'html', 'jsonl'])}": b"" if n % 3 else TEXT.encode() for n in range(40)}
    )


@kind
def wrong_ending(r: random.Random) -> tuple[str, bytes]:
    content = r.choice(
        [
            b"\x89PNG\r\n\x1a\n" + r.randbytes(200),
            b"\x7fELF" + r.randbytes(200),
            gzip.compress(TEXT.encode()),
            _zip({"a.txt": TEXT.encode()}),
            b"%PDF-1.4\n" + r.randbytes(300),
            b"PAR1" + r.randbytes(90) + b"PAR1",
        ]
    )
    return f"a.{r.choice(['txt', 'html', 'jsonl', 'csv', 'xml', 'dat', 'exe', 'md'])}", content


@kind
def bad_warc(r: random.Random) -> tuple[str, bytes]:
    head = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://example.org/\r\nContent-Type: application/http\r\nContent-Length: %d\r\n\r\n"
    body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>" + TEXT.encode() + b"</p>"
    return "a.warc", r.choice(
        [
            head % (len(body) * 5) + body,
            head % 3 + body + b"\r\n\r\n",
            head % len(body) + body,
            b"WARC/1.0\r\n\r\n",
            b"WARC/9.9\r\nnonsense" * 9,
        ]
    )


@kind
def bad_mail(r: random.Random) -> tuple[str, bytes]:
    message = (
        b"From: a@example.org\nSubject: =?no-such?Q?x?=\nDate: never\nContent-Type: text/plain; charset=no-such\n\n"
        + TEXT.encode()
    )
    parts = (
        b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\nContent-Type: multipart/mixed; boundary=b\n\n" * 60
    )
    return f"a.{r.choice(['eml', 'mbox'])}", r.choice(
        [message, parts, b"From nobody\n" * 30, b"\n\n\n", message.replace(b"plain", b"\xff\xfe")]
    )


@kind
def slow_for_patterns(r: random.Random) -> tuple[str, bytes]:
    piece = r.choice(
        [
            "$1,000 and ",
            "1,000,000,",
            "Mr. ",
            "A. B. ",
            "said, ",
            '"',
            "- ",
            "http://a.b/",
            "Jan. 1, ",
            "aaaa ",
            "U.S.",
            "((((",
        ]
    )
    return "a.txt", (piece * (12_000 // len(piece))).encode()


@kind
def chrome_alone(r: random.Random) -> tuple[str, bytes]:
    return f"a.{r.choice(['txt', 'html'])}", b"<nav>Home</nav><script>x()</script>" * r.randint(
        1, 40
    ) if r.random() < 0.5 else b"Share on Facebook\n\nAdvertisement\n"


@kind
def brackets_and_digits(r: random.Random) -> tuple[str, bytes]:
    run = r.choice([b"(" * 100_000, b"9" * 20_000, b"$" + b"1," * 10_000, b"(" * 5000 + b")" * 5000, b"-" * 30_000])
    return "a.txt", _text(r).encode() + b" " + run + b" " + _text(r).encode()


@kind
def controls_of_direction(r: random.Random) -> tuple[str, bytes]:
    marks = "\u202a\u202b\u202d\u202e\u202c\u2066\u2067\u2068\u2069\u200b\u200d\u200f\u00ad\ufeff\x85\u2028\x0b"
    return "a.txt", "".join(c + (r.choice(marks) if r.random() < 0.2 else "") for c in _text(r)).encode()


@kind
def keys_twice(r: random.Random) -> tuple[str, bytes]:
    one = b'{"id": 1, "text": "' + TEXT.encode() + b'", "text": "Another text."}'
    return r.choice([("a.jsonl", one), ("a.json", one), ("a.json", b"[" + one + b"," + _record(r) + b"]")])


@kind
def many_records_alike(r: random.Random) -> tuple[str, bytes]:
    one = _record(r)
    return "a.jsonl", b"\n".join(r.choice([one, one, _record(r), b'{"text": "Share on Facebook"}']) for _ in range(30))


@kind
def spreadsheet_as_text(r: random.Random) -> tuple[str, bytes]:
    rows = ["\t".join(f"{r.uniform(-1e9, 1e9):,.2f}" for _ in range(12)) for _ in range(r.randint(10, 300))]
    return "a.txt", (TEXT + "\n" + "\n".join(rows)).encode()


def put_oddities(raw: Path, outside: Path, large: int) -> int:
    """What no content makes: links, pipes, names, lines of `large` bytes. Returns how many the listing has to tell of."""
    folder = raw / "odd"
    folder.mkdir(parents=True)
    (outside / "secret.txt").write_text("The secret lies outside the raw folder and must not be read.")
    for name, target in (
        ("out.txt", outside / "secret.txt"), ("up.txt", Path("../../../secret.txt")), ("dangling.txt", folder / "nothing"),
        ("loop.txt", folder / "loop.txt"), ("folder", outside), ("passwd.txt", Path("/etc/passwd")),
    ):  # fmt: skip
        (folder / name).symlink_to(target)
    os.mkfifo(folder / "pipe.txt")
    (folder / "folder.txt").mkdir()
    for raw_name in (b"caf\xe9.txt", b"new\nline.txt", b"x" * 251 + b".txt", b"tab\t \x1b[31m.txt", b"-rf.txt"):
        (folder / os.fsdecode(raw_name)).write_text(f"{TEXT} {len(raw_name)}")
    for name, start in (
        ("line.jsonl", b'{"text": "'),
        ("line.txt", b""),
        ("line.csv", b"text\n"),
        ("line.xml", b"<a>"),
    ):
        with (folder / name).open("wb") as file:
            file.write(start)
            for _ in range(large // 100_000):
                file.write(b"word " * 20_000)
    return 6 + 1 + 5 + 4
