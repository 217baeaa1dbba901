"""The command line: finds the verb and runs it."""

import argparse
import ast
import difflib
import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from ops.faults import Mendable
from ops.settings import default_data_dir

_FOLDER = Path(__file__).parent / "verbs"
INTERRUPTED = 130
UNREAD = 141
"""The status of what a closed pipe ended, as shells give it: 128 and SIGPIPE."""


def verbs() -> dict[str, str]:
    """Every verb with its summary, read without importing any of them.

    So the list is there before the dependencies are.
    """
    modules = sorted(path for path in _FOLDER.glob("*.py") if not path.stem.startswith("_"))
    return {path.stem.replace("_", "-"): _summary(path) for path in modules}


def chosen_verb(arguments: Sequence[str]) -> str | None:
    """The verb that the arguments begin with, or None where it is not a known one."""
    return arguments[0] if arguments and arguments[0] in verbs() else None


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line.

    Returns:
        The exit status: the verb's own; 1 with a sentence for what a person can mend; 2 for a
        wrong call; 130 after Ctrl-C; 141 when nobody reads the output any more.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        return _run(arguments)
    except Mendable as fault:
        print(fault, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read along, such as `head`, has enough; nor may the last flush complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return UNREAD


def _run(arguments: list[str]) -> int:
    if not arguments or arguments[0] in {"-h", "--help", "help"}:
        print(_overview())
        return 0 if arguments else 2
    verb = chosen_verb(arguments)
    if verb is None:
        print(_unknown(arguments[0]), file=sys.stderr)
        return 2
    module = importlib.import_module(f"ops.verbs.{verb.replace('-', '_')}")
    parser = argparse.ArgumentParser(prog=f"python3 -m ops {verb}", description=module.SUMMARY)
    parser.add_argument(
        "--data",
        type=Path,
        metavar="DIR",
        help=f"the data folder (default: {default_data_dir()})",
    )
    module.add_arguments(parser)
    return int(module.run(parser.parse_args(_data_first(arguments[1:]))))


def _data_first(words: list[str]) -> list[str]:
    """`--data DIR` moved to the front, so that it may stand after an action's name as well."""
    end = words.index("--") if "--" in words else len(words)
    for place, word in enumerate(words[:end]):
        if word == "--data" or word.startswith("--data="):
            taken = min(place + (2 if word == "--data" else 1), end)
            return [*words[place:taken], *words[:place], *words[taken:]]
    return words


def _overview() -> str:
    listed = verbs()
    width = max(map(len, listed))
    lines = [f"  {verb.ljust(width)}  {summary}" for verb, summary in listed.items()]
    return "\n".join(
        [
            "usage: python3 -m ops VERB [options]",
            "",
            "mingzhang: casework for people in debt, where every figure explains itself.",
            "",
            "verbs:",
            *lines,
            "",
            "python3 -m ops VERB --help says more of one verb.",
        ]
    )


def _unknown(word: str) -> str:
    near = difflib.get_close_matches(word, verbs(), n=1)
    hint = f" Did you mean `{near[0]}`?" if near else ""
    return f"There is no verb `{word}`.{hint} The verbs are: {', '.join(verbs())}."


def _summary(module: Path) -> str:
    for node in ast.parse(module.read_text(encoding="utf-8")).body:
        targets = node.targets if isinstance(node, ast.Assign) else []
        if isinstance(node, ast.AnnAssign):
            targets = [node.target]
        named = any(isinstance(target, ast.Name) and target.id == "SUMMARY" for target in targets)
        if named and isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            return str(ast.literal_eval(node.value))
    raise ValueError(f"{module} has no SUMMARY")
