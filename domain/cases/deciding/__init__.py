"""Deciding: whether a command may be recorded, and as which facts.

`decide(history, command, rules) -> facts | Refusal` is pure. Each chapter's own rules stand in
the module of its name; what holds for every fact stands in `common`.
"""

from domain.cases.deciding.commands import Command, Correct, Record, Rules, Withdraw
from domain.cases.deciding.decide import decide

__all__ = ["Command", "Correct", "Record", "Rules", "Withdraw", "decide"]
