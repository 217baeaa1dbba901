"""`python3 -m ops VERB`: sets itself up where needed, then runs the verb.

Kept readable for Pythons that are too old, so that they can say so.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - this is the very check
    sys.exit(
        "mingzhang needs Python 3.11 or later, and this is Python "
        + sys.version.split()[0]
        + " ("
        + sys.executable
        + ").\nInstall a newer one (Debian: apt-get install python3; others: python.org or"
        + " pyenv) and run this\nagain with it, for example: python3.12 -m ops "
        + " ".join(sys.argv[1:])
    )

from ops import cli, installation

if __name__ == "__main__":
    installation.ensure(sys.argv[1:])
    sys.exit(cli.main())
