"""What was typed wrongly, in words: the library that reads the command line knows English only."""

from __future__ import annotations

from cyclopts import (
    CoercionError,
    CycloptsError,
    MissingArgumentError,
    UnknownCommandError,
    UnknownOptionError,
    UnusedCliTokensError,
)
from rapidfuzz import process

from bot.cli.voice import Voice


def wrongly(error: CycloptsError, voice: Voice) -> str:
    """One line for who typed it."""
    chain = " ".join(("parvis", *(error.command_chain or ())))
    see = f"{chain} --help"
    typed = (error.unused_tokens or [""])[0]
    match error:
        case UnknownCommandError():
            near = process.extractOne(typed, _commands(error), score_cutoff=60)
            if near:
                return voice("cli-typed-command-near", typed=typed, near=near[0])
            return voice("cli-typed-command", typed=typed, help=see)
        case UnknownOptionError():
            return voice("cli-typed-option", typed=error.token.keyword or error.token.value, help=see)
        case UnusedCliTokensError():
            return voice("cli-typed-too-much", typed=typed, help=see)
        case MissingArgumentError():
            return voice("cli-typed-missing", name=_name(error), help=see)
        case CoercionError():
            value = error.token.value if error.token else ""
            return voice("cli-typed-kind", name=_name(error), typed=value, help=see)
        case _:
            return voice("cli-typed-wrong", help=see)


def _commands(error: CycloptsError) -> list[str]:
    return [name for name in error.app or () if not name.startswith("-")]


def _name(error: CycloptsError) -> str:
    return error.argument.name if error.argument is not None else ""
