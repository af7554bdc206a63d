"""The command `newsledger`: runs the command that was given, and tells of errors in a line."""

from __future__ import annotations

import os
import sys

from pipelines.commands import publish, rows, tables, upkeep  # noqa: F401 - each adds its commands to the app
from pipelines.commands.app import app, stderr
from pipelines.errors import Explained
from pipelines.interrupts import LINE


def main(arguments: list[str] | None = None) -> None:
    """Run a command and exit: 0 if all went well, 1 with the reason on stderr if not, 130 when interrupted.

    `--debug` anywhere on the line, or NEWSLEDGER_DEBUG, shows the traceback too.
    """
    words = sys.argv[1:] if arguments is None else arguments
    debug = bool(os.environ.get("NEWSLEDGER_DEBUG")) or "--debug" in words
    # A query that begins with a comment is no option.
    words = [f"\n{word}" if word.startswith("--") and ("\n" in word or " " in word) and "=" not in word.split(" ")[0] else word
             for word in words if word != "--debug"]  # fmt: skip
    try:
        code = app(words, result_action="return_value")
        sys.stdout.flush()
    except KeyboardInterrupt:
        stderr().print(LINE if words[:1] == ["run"] else "interrupted", markup=False, soft_wrap=True)
        sys.exit(130)
    except BrokenPipeError:
        # The reader (head, a pager) has seen enough; Python must not complain about it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:
        if debug:
            raise
        from pipelines.query.terminal import harmless

        text = harmless(str(error)) or type(error).__name__
        if not _is_explained(error):
            text = f"{type(error).__name__}: {text}\nRun it again as `newsledger --debug …` to see where."
        stderr().print(f"error: {text}", style="red", markup=False, soft_wrap=True)
        sys.exit(1)
    sys.exit(code if isinstance(code, int) else 0)


def _is_explained(error: Exception) -> bool:
    """Whether the message was written for the user: our own errors, wrong settings, and files that are not there."""
    if isinstance(error, Explained | OSError):
        return True
    from pydantic import ValidationError

    return isinstance(error, ValidationError)


if __name__ == "__main__":
    main()
