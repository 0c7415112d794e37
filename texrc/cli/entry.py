"""The group of commands, and how every run ends."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import signal
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

import click

from texrc.diagnostics import Diagnostics, TexrError
from texrc.version import __version__

COMMANDS = {
    "check": "check",
    "format": "format",
    "compile": "compile",
    "sample": "sample",
    "show": "show",
    "graph": "graph",
    "explain": "explain",
    "specs": "specs",
    "new": "new",
    "import": "import_",
    "export": "export",
    "completion": "completion",
}
"""Each command and the module of this package that holds it."""


class ReaderGone(Exception):
    """Whoever read our output has had enough."""


@contextlib.contextmanager
def _telling_readers_gone() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:  # click would end the run with 1
        raise ReaderGone from None


class LazyGroup(click.Group):
    """Loads a command's module when the command is asked for."""

    def make_context(self, *args: Any, **settings: Any) -> click.Context:
        with _telling_readers_gone():
            return super().make_context(*args, **settings)

    def invoke(self, ctx: click.Context) -> object:
        with _telling_readers_gone():
            return super().invoke(ctx)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        return import_module(f"texrc.cli.{COMMANDS[cmd_name]}").command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from texrc.diagnostics.suggest import did_you_mean

            suggestion = did_you_mean(args[0], COMMANDS) if args else None
            if suggestion is None:
                raise
            raise click.UsageError(
                f"{error.format_message()} Did you mean `{suggestion}`?", ctx
            ) from None


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="`texrc COMMAND --help` tells more of each; `texrc explain` of the language.",
)
@click.version_option(__version__, "-V", "--version", prog_name="texrc")
def texrc() -> None:
    """Compile dataset specs to samplers.

    A .texr file says what the columns of a table mean and how its rows come
    about. texrc checks it, compiles it and draws tables from it.
    """


def main() -> None:
    """Run the command line and leave with its exit code."""
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, lambda received, _: sys.exit(128 + received))
    _open_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that lacks a character shows its escape; nothing fails for it.
            stream.reconfigure(errors="backslashreplace")
    sys.exit(_ended(_run))


def _open_closed_streams() -> None:
    """Something in the place of standard streams that are closed (`>&-`).

    Reading or writing then fails as it should (bad file descriptor), no file takes
    the place of stdout, and what would go to stderr is lost.
    """
    for number, name, flags, mode in (
        (0, "stdin", os.O_WRONLY, "r"),
        (1, "stdout", os.O_RDONLY, "w"),
        (2, "stderr", os.O_WRONLY, "w"),
    ):
        if getattr(sys, name) is None:
            sink = os.open(os.devnull, flags)
            if sink != number:
                os.dup2(sink, number)
                os.close(sink)
            stream = open(number, mode, encoding="utf-8", closefd=False)  # noqa: SIM115 - stays
            setattr(sys, name, stream)


def _run() -> int:
    try:
        code = texrc.main(prog_name="texrc", standalone_mode=False)
    except SystemExit as leaving:
        code = leaving.code
    sys.stdout.flush()
    return code if isinstance(code, int) else 0


def _ended(run: Callable[[], int]) -> int:
    """The exit code of a run, whatever ended it; what went wrong is on stderr then."""
    try:
        return run()
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        return 128 + signal.SIGINT
    except TexrError as error:
        from texrc.cli.reporting import report_failure

        report_failure(error)
        return 1
    except (BrokenPipeError, ReaderGone):  # no error
        _abandon_stdout()
        return 0
    except OSError as error:
        _abandon_stdout()
        return _report_os_error(error)
    except MemoryError:
        click.echo("error: not enough memory", err=True)
        return 1
    except Exception as error:
        return _report_fault(error)


def _report_os_error(error: OSError) -> int:
    from texrc.cli.reporting import report_failure
    from texrc.diagnostics.render.text import printable

    where = f" {printable(str(error.filename))}" if error.filename else ""
    reason = error.strerror or printable(str(error))
    bag = Diagnostics()
    helps = []
    if error.errno == errno.ENOSPC:
        helps = ["free some space" + ("; no half file was left" if error.filename else "")]
    bag.add("TX510", f"cannot write{where}: {reason}", helps=helps)
    report_failure(TexrError(bag))
    return 1


def _report_fault(error: Exception) -> int:
    """A bug of ours: say so, and where, without a traceback."""
    from texrc.cli.reporting import report_failure
    from texrc.diagnostics.faults import fault

    report_failure(TexrError(fault(error)))
    return 1


def _abandon_stdout() -> None:
    """Point stdout away, so that the interpreter's last flush cannot fail again."""
    with contextlib.suppress(OSError, ValueError):
        sink = os.open(os.devnull, os.O_WRONLY)
        os.dup2(sink, sys.stdout.fileno())
        os.close(sink)
