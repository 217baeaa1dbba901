"""Running the server when we are root, which PostgreSQL refuses to be.

No user is added and no folder's mode is changed. The first way that works is
taken:

1. `unshare`: a user namespace in which root is called `nobody`. Outside it the
   server is still root, so it reaches a data folder below a 0700 home.
2. `setpriv` to `nobody`, with the one capability that lets it pass closed
   folders (containers often forbid user namespaces, and leave this one).
3. `setpriv` to `nobody` and nothing more: for data outside closed folders.

With 2 and 3 the cluster and its socket folder are given to that user.
"""

import os
import pwd
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from ops.postgres.binaries import ServerBinaries, ServerError

_CAPABILITY = "+dac_override"


@dataclass(frozen=True)
class Runner:
    """How the server's programs are run.

    Attributes:
        prefix: the command put before each program; empty when not root.
        owner: (user, group) that must own the cluster, or None for ourselves.
    """

    prefix: tuple[str, ...] = ()
    owner: tuple[int, int] | None = None

    def hand_over(self, folder: Path) -> None:
        """Give a folder that we have just made to the server's user."""
        if self.owner is not None:
            os.chown(folder, *self.owner)


def runner(binaries: ServerBinaries) -> Runner:
    """The way to run these binaries as the present user.

    Raises:
        ServerError: we are root and no way works.
    """
    if os.geteuid() != 0:
        return Runner()
    user = _plain_user()
    for candidate in _ways(user.pw_uid, user.pw_gid):
        if _works(candidate, binaries):
            return candidate
    raise ServerError(
        f"PostgreSQL does not run as root, and neither `unshare` nor `setpriv` could run "
        f"{binaries.program('postgres')} as `{user.pw_name}` on this {sys.platform} machine. "
        "Run the same command as an ordinary user, or set DATABASE_URL to a server of your own."
    )


def _ways(uid: int, gid: int) -> list[Runner]:
    drop = ("setpriv", f"--reuid={uid}", f"--regid={gid}", "--clear-groups")
    capable = (f"--inh-caps={_CAPABILITY}", f"--ambient-caps={_CAPABILITY}")
    return [
        Runner(("unshare", "--user", f"--map-user={uid}", f"--map-group={gid}", "--")),
        Runner((*drop, *capable, "--"), (uid, gid)),
        Runner((*drop, "--"), (uid, gid)),
    ]


def _works(candidate: Runner, binaries: ServerBinaries) -> bool:
    command = [*candidate.prefix, binaries.program("postgres"), "--version"]
    try:
        done = subprocess.run(command, capture_output=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _plain_user() -> pwd.struct_passwd:
    # initdb asks for the user's name, so it has to be one that exists.
    for name in ("nobody", "postgres"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    others = [user for user in pwd.getpwall() if user.pw_uid != 0]
    if not others:
        raise ServerError("this machine has no user but root, and PostgreSQL does not run as root")
    return others[0]
