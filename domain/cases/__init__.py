"""A debt case: its chapters as modules, each with its facts and the rules for recording them."""
