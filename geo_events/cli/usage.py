"""Say in one line what was wrong with a command: a word too many, one missing, one unknown."""

from __future__ import annotations

import re
from typing import Any

__all__ = ["say_usage"]

_EXTRA = re.compile(r"Got unexpected extra argument(?:s|\(s\))? \((.*)\)", re.DOTALL)
_LEAST = re.compile(r"Input should be greater than or equal to (\d+)")
_MOST = re.compile(r"Input should be less than or equal to (\d+)")
_CHOICE = re.compile(r"(?:Value error, )?('.*') is not one of (.*?)\.?", re.DOTALL)


def say_usage(error: Any) -> str:  # noqa: ANN401 - a usage error of typer, whose class is private
    """Say what was wrong with a command.

    Parameters
    ----------
    error : typer's UsageError
        With the context of the command, where there is one.

    Returns
    -------
    str
        One line, in our words: what was expected, what came, what to do.
    """
    context = error.ctx
    what = _fault(type(error).__name__, error)
    if context is None:
        return f"{what}; 'geo-events --help' lists the commands"
    path = " ".join(("geo-events", *context.command_path.split(" ")[_program_words(context) :]))
    lead = "" if context.parent is None else f"{context.info_name}: "
    return f"{lead}{what}; see '{path} --help'"


def _program_words(context: Any) -> int:  # noqa: ANN401 - typer's context
    """Count the words that name the program itself ("python -m geo_events" are three)."""
    return len(str(context.find_root().info_name).split(" "))


def _fault(kind: str, error: Any) -> str:  # noqa: ANN401 - a usage error of typer
    """Say the fault itself."""
    message = error.format_message()
    if kind == "MissingParameter" and error.param is not None:
        return _missing(error.param)
    if kind == "NoSuchOption":
        like = error.possibilities or ()
        return f"no option {error.option_name}" + (
            f"; did you mean {', '.join(like)}?" * bool(like)
        )
    if kind == "BadOptionUsage":
        return f"{error.option_name}: expected a value after it; got none"
    if kind == "BadParameter" and error.param is not None:
        return f"{_name(error.param)}: {_bad_value(error.message)}"
    return _other(message, error)


def _name(parameter: Any) -> str:  # noqa: ANN401 - typer's parameter
    """Name an argument as the help does, or an option."""
    if parameter.param_type_name == "argument":
        return str(parameter.metavar or parameter.name.upper()).strip("[].{}")
    return str(max(parameter.opts, key=len))


def _missing(parameter: Any) -> str:  # noqa: ANN401 - typer's parameter
    """Say which argument or option is missing."""
    about = f" ({parameter.help})" if getattr(parameter, "help", None) else ""
    return f"{_name(parameter)} is missing{about}"


def _bad_value(message: str) -> str:
    """Say why a value does not fit."""
    choice = _CHOICE.fullmatch(message)
    if choice:
        return f"expected one of {choice[2]}; got {choice[1]}"
    if "valid integer" in message:
        return "expected a whole number"
    plain = _LEAST.sub(r"expected \1 or more", _MOST.sub(r"expected at most \1", message))
    return plain.removeprefix("Value error, ").rstrip(".")


def _other(message: str, error: Any) -> str:  # noqa: ANN401 - a usage error of typer
    """Say that a command is unknown or missing, or a word too many."""
    extra = _EXTRA.fullmatch(message.rstrip("."))
    if extra:
        return f"too many words: {extra[1]!r}; put a name of several words in quotes"
    known = ", ".join(getattr(error.ctx and error.ctx.command, "commands", None) or ())
    if message.startswith("No such command"):
        return (
            message.rstrip(".")
            .replace("No such command", "no command", 1)
            .replace("'. Did", "'; did")
            + f"; the commands are {known}"
        )
    if message.startswith("Missing command"):
        return f"a command is missing; expected one of {known}"
    return message.rstrip(".")
