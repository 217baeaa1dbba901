"""The verbs of the command line: one module each, found by listing this folder.

A verb has `SUMMARY` (a literal string), `add_arguments(parser)` and `run(args)`,
which returns the exit status. A module `open_case` is the verb `open-case`.
"""
