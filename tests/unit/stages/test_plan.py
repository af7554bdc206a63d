"""The plan of stages against what their code imports: nothing that decides a result may be missing from a fingerprint."""

from __future__ import annotations

import ast
import shutil
import sys
from collections.abc import Iterable
from functools import cache
from importlib import metadata
from pathlib import Path

import grimp
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from pipelines.stages import fingerprints, plan
from pipelines.stages.fingerprints import PACKAGE, code_version, files_of, library_version, meaning
from pipelines.stages.plan import KEPT, PLAN, StagePlan

# How results are written, spread and told of, not what they hold.
PLUMBING = (
    "errors.py", "logs.py", "progress.py", "settings.py", "stages/batch_folders.py", "stages/batches.py", "stages/changes.py", "stages/chrome.py", "stages/engine.py", "stages/engines.py", "stages/fingerprints.py",
    "stages/folders.py", "stages/ingest.py", "stages/plan.py", "stages/removals.py", "stages/shards.py", "warehouse/files.py",
    "warehouse/ledger.py", "warehouse/versions.py", "reading/files.py", "reading/raw_place.py",
)  # fmt: skip
# Hold and move data, describe it, and open the places where it lies.
CARRIERS = frozenset({"dataframely", "numpy", "polars", "pyarrow", "universal-pathlib", "upath"})
# Named by a library that a stage names, and asked for nothing here that decides: commands, downloads, colours, forms of data. blis only
# multiplies, and thinc names its version; so does polars that of its runtime.
NEEDS = frozenset({
    "babel", "blis", "catalogue", "certifi", "charset-normalizer", "click", "confection", "cymem", "flatbuffers", "huggingface-hub", "jinja2",
    "murmurhash", "packaging", "polars-runtime-32", "preshed", "protobuf", "pydantic", "requests", "setuptools", "six", "spacy-legacy", "spacy-loggers",
    "srsly", "tqdm", "typer", "typing-extensions", "tzlocal", "pytz", "regex", "urllib3", "wasabi", "wcwidth", "weasel", "lxml-html-clean",
    "tld",
})  # fmt: skip
# What `tables` starts from: the results of these, of which their own fingerprints tell.
UPSTREAM = ("extract", "language", "text", "stages", "reading", "reader")
# Named by what is kept, which does not import it: it hands the rows over.
HANDS_OVER = frozenset({"resolve/stage_results.py"})


@cache
def _graph() -> grimp.ImportGraph:
    return grimp.build_graph("pipelines", include_external_packages=True)


def _place(module: str) -> str:
    """File of a module, below the package."""
    path = module.removeprefix("pipelines").lstrip(".").replace(".", "/")
    file = PACKAGE / f"{path}.py"
    return f"{path}.py" if path and file.is_file() else f"{path}/__init__.py".lstrip("/")


def _is_in(place: str, places: tuple[str, ...]) -> bool:
    return any(place == p or place.startswith(f"{p}/") for p in places)


def _closure(stage: StagePlan) -> tuple[set[str], set[str]]:
    """Files of the package that the stage's function imports, also through others, and distributions; without what
    decides nothing and what is reached through that alone."""
    needless = (*PLUMBING, *(place for place, _ in stage.needless), *(UPSTREAM if stage is plan.TABLES else ()))
    graph = _graph()
    found, external, todo = set(), set(), [f"pipelines.{stage.function}"]
    while todo:
        module = todo.pop()
        if not module.startswith("pipelines"):
            external.add(module)
            continue
        place = _place(module)
        if place in found or (_is_in(place, needless) and module != f"pipelines.{stage.function}"):
            continue
        found.add(place)
        todo += graph.find_modules_directly_imported_by(module)
    names = metadata.packages_distributions()
    libraries = {names[name][0].lower() for name in external if name not in sys.stdlib_module_names and name in names}
    return found, libraries


def _data_of(modules: set[str]) -> set[str]:
    """Data files that modules name: of the reference folder, or beside them."""
    found = set()
    for place in modules:
        for node in ast.walk(ast.parse((PACKAGE / place).read_text(encoding="utf8"))):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and node.value.endswith((".csv", ".npz", ".json"))
            ):
                for folder in (PACKAGE / "reference", (PACKAGE / place).parent):
                    if (folder / node.value).is_file():
                        found.add((folder / node.value).relative_to(PACKAGE).as_posix())
    return found


def _declared(stage: StagePlan) -> set[str]:
    return {file.relative_to(PACKAGE).as_posix() for file in files_of(stage.code)}


@pytest.mark.parametrize("name", PLAN | KEPT)
def test_a_stage_declares_what_it_imports(name: str) -> None:
    stage = (PLAN | KEPT)[name]
    modules, libraries = _closure(stage)
    assert len(modules) > 1
    missing = sorted((modules | _data_of(modules)) - _declared(stage))
    assert not missing, f"stages/plan.py: {name} is made with these and does not name them: {missing}"
    unnamed = sorted(libraries - CARRIERS - set(stage.libraries))
    assert not unnamed, f"stages/plan.py: {name} is made with these libraries and does not name them: {unnamed}"


def _named_by(libraries: Iterable[str]) -> set[str]:
    """Distributions that these name as theirs, also through others, as far as they can decide something."""
    found: set[str] = set()
    todo = [name for name in libraries if library_version(name) != "absent"]
    while todo:
        asked = [Requirement(r) for r in metadata.requires(todo.pop()) or ()]
        names = {canonicalize_name(r.name) for r in asked if r.marker is None or r.marker.evaluate({"extra": ""})}
        new = {n for n in names - found - NEEDS - CARRIERS if library_version(n) != "absent"}
        found |= new
        todo += new
    return found


@pytest.mark.parametrize("name", PLAN | KEPT)
def test_a_stage_declares_what_its_libraries_decide_by(name: str) -> None:
    """An upgrade of htmldate gives pages other days with the same trafilatura."""
    stage = (PLAN | KEPT)[name]
    assert stage.libraries
    unnamed = sorted(_named_by(stage.libraries) - set(stage.libraries))
    assert not unnamed, (
        f"stages/plan.py: libraries of {name} use these: name them there, or in NEEDS with what they are for: {unnamed}"
    )


def test_what_a_library_uses_is_found() -> None:
    assert {"htmldate", "justext", "dateparser"} <= _named_by(["trafilatura"])


@pytest.mark.parametrize("name", [n for n in PLAN | KEPT if n != "tables"])
def test_a_stage_declares_nothing_else(name: str) -> None:
    """What is named and not used re-runs a stage for nothing. Empty `__init__.py` files decide nothing either way."""
    stage = (PLAN | KEPT)[name]
    modules, _ = _closure(stage)
    used = modules | _data_of(modules) | (HANDS_OVER if name in KEPT else frozenset())
    needless = sorted(p for p in _declared(stage) - used if not p.endswith("__init__.py"))
    assert not needless, (
        f"stages/plan.py: {name} names what it is not made with (leave it out: `!` in front, as in _OF_TABLES): {needless}"
    )


def test_every_stage_comes_after_its_inputs() -> None:
    seen: list[str] = []
    for name, stage in PLAN.items():
        assert set(stage.after) <= set(seen), name
        seen.append(name)
    assert seen == ["records", "documents", "annotations", "readings", "facts", "tables"]


def test_a_place_that_is_gone_is_an_error() -> None:
    with pytest.raises(FileNotFoundError, match=r"no/such\.py"):
        code_version("no/such.py")


def test_weights_lists_and_settings_of_models_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fingerprints, "PACKAGE", tmp_path)
    room = tmp_path / "room"
    room.mkdir()
    versions = set()
    for name in ("a.py", "a.csv", "model.onnx", "model.npz", "labels.json", "vocabulary.txt"):
        (room / name).write_text("x = 1")
        code_version.cache_clear()
        versions.add(code_version("room"))
    (room / "model.onnx").write_text("x = 2")
    code_version.cache_clear()
    versions.add(code_version("room"))
    assert len(versions) == 7
    (room / "README.md").write_text("words")
    code_version.cache_clear()
    assert code_version("room") in versions
    code_version.cache_clear()


def test_comments_and_layout_have_no_meaning_and_code_has() -> None:
    plain = b'def f(a):\n    return a + "x"\n'
    dressed = b'"""Doc."""\n# why\ndef f( a ):\n    """Doc."""\n    # note\n    return (a + "x")\n'
    assert meaning(plain) == meaning(dressed)
    assert meaning(plain) != meaning(plain.replace(b'"x"', b'"y"'))


def test_an_upgraded_library_makes_a_stage_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A library made up for the test and installed here in one version and the next."""
    monkeypatch.syspath_prepend(tmp_path)
    stage = StagePlan("tables", "resolve.final_tables", (), ("identifiers.py",), ("made-up-library",))

    def version_of_a_new_process() -> str:
        library_version.cache_clear()
        return stage.version()

    versions = [version_of_a_new_process()]
    for number in ("1.0", "1.1"):
        folder = tmp_path / f"made_up_library-{number}.dist-info"
        folder.mkdir()
        (folder / "METADATA").write_text(f"Metadata-Version: 2.1\nName: made-up-library\nVersion: {number}\n")
        versions.append(version_of_a_new_process())
        shutil.rmtree(folder)
    versions.append(version_of_a_new_process())
    assert len(set(versions)) == 3
    assert versions[0] == versions[3], "as long as it is not there"


def test_a_library_counts_by_its_version_and_by_its_absence() -> None:
    assert library_version("spacy") == metadata.version("spacy")
    assert library_version("no-such-library-of-ours") == "absent"
