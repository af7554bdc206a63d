"""The command `newsledger`: runs the command that was given, and tells of errors in a line."""

from __future__ import annotations

import io
import os
import signal
import sys

# Commands whose output are rows.
_ROWS = (["sql"], ["changes"], ["compare"])


def main(arguments: list[str] | None = None) -> None:
    """Run a command and exit: 0 if all went well, 1 with the reason on stderr if not, 130 when interrupted.

    `--debug` anywhere on the line, or NEWSLEDGER_DEBUG, shows the traceback too.
    """
    words = sys.argv[1:] if arguments is None else arguments
    debug = bool(os.environ.get("NEWSLEDGER_DEBUG")) or "--debug" in words
    # A query that begins with a comment is no option.
    words = [f"\n{word}" if word.startswith("--") and ("\n" in word or " " in word) and "=" not in word.split(" ")[0] else word
             for word in words if word != "--debug"]  # fmt: skip
    # A terminal or pipe that knows few letters shows others by their number; not so rows, which somebody goes on working with.
    for stream in (sys.stderr, *([] if words[:1] in _ROWS else [sys.stdout])):
        if isinstance(stream, io.TextIOWrapper) and stream.errors == "strict":
            stream.reconfigure(errors="backslashreplace")
    try:
        # Here, so that Ctrl-C while they load (a second, on a busy machine many) ends in one line too; each adds its commands to the app.
        from pipelines.commands import publish, rows, tables, upkeep  # noqa: F401
        from pipelines.commands.app import app

        code = app(words, result_action="return_value")
        sys.stdout.flush()
    except KeyboardInterrupt:
        _end_interrupted(words[:1] == ["run"])
    except BrokenPipeError:
        # The reader (head, a pager) has seen enough; Python must not complain about it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:
        if debug:
            raise
        from pipelines.commands.app import stderr
        from pipelines.query.terminal import harmless

        text = harmless(str(error)) or type(error).__name__
        if isinstance(error, UnicodeEncodeError):
            text = f"{text}\nThe locale knows no such letter: run it with LC_ALL=C.UTF-8 (or PYTHONUTF8=1), or write to a file with --output."
        elif not _is_explained(error):
            text = f"{type(error).__name__}: {text}\nRun it again as `newsledger --debug …` to see where."
        stderr().print(f"error: {text}", style="red", markup=False, soft_wrap=True)
        sys.exit(1)
    sys.exit(code if isinstance(code, int) else 0)


def _end_interrupted(is_run: bool) -> None:
    """Tell of it and end at once: what was half loaded must not be asked to tidy up, nor a second Ctrl-C be told of at length."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from pipelines.interrupts import LINE

    sys.stdout.flush()
    sys.stderr.write(f"{LINE if is_run else 'interrupted'}\n")
    sys.stderr.flush()
    os._exit(130)


def _is_explained(error: Exception) -> bool:
    """Whether the message was written for the user: our own errors, and files that are not there."""
    from pipelines.errors import Explained

    return isinstance(error, Explained | OSError)


if __name__ == "__main__":
    main()
