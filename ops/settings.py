"""Settings, from the command line's flags and the environment, read once when asked.

Nothing here is read at import, so a test or a second program can bring its own.
"""

import argparse
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 8321
SEAL_EVENTS = 256
SEAL_SECONDS = 60
STAMP_SECONDS = 3600


@dataclass(frozen=True)
class Settings:
    """What a running house is told from outside.

    Attributes:
        data_dir: everything that is kept, unless a database of one's own is.
        database_url: a PostgreSQL of one's own (DATABASE_URL); None: the embedded one.
        outer_key_file: the key that wraps all others (MINGZHANG_OUTER_KEY_FILE).
        host: where HTTP listens.
        port: on which TCP port; 0 takes a free one.
        signing_key: the key that signs checkpoints (MINGZHANG_SIGNING_KEY_FILE); None: the one
            in the data folder.
        seal_events: a checkpoint for so many events (MINGZHANG_SEAL_EVENTS).
        seal_seconds: or after so long, where there was growth (MINGZHANG_SEAL_SECONDS).
        stamp_url: an RFC 3161 authority to stamp checkpoints (MINGZHANG_STAMP_URL); None: nobody.
        stamp_seconds: the newest checkpoint is stamped so often (MINGZHANG_STAMP_SECONDS).
        stamp_roots: certificates in PEM that its answers must lead to (MINGZHANG_STAMP_ROOTS).
    """

    data_dir: Path
    database_url: str | None
    outer_key_file: Path
    host: str = DEFAULT_HOST
    port: int = DEFAULT_PORT
    signing_key: Path | None = None
    seal_events: int = SEAL_EVENTS
    seal_seconds: int = SEAL_SECONDS
    stamp_url: str | None = None
    stamp_seconds: int = STAMP_SECONDS
    stamp_roots: Path | None = None

    @property
    def signing_key_file(self) -> Path:
        """The key that signs checkpoints; outside every database."""
        return self.signing_key or self.data_dir / "signing.key"

    @property
    def evidence_dir(self) -> Path:
        """The sealed evidence files."""
        return self.data_dir / "evidence"

    @property
    def keys_dir(self) -> Path:
        """The wrapped keys of persons, apart from the events."""
        return self.data_dir / "keys"

    @property
    def postgres_dir(self) -> Path:
        """What the embedded server keeps; pass it to `EmbeddedServer`."""
        return self.data_dir / "postgres"

    @classmethod
    def load(
        cls, args: argparse.Namespace | None = None, environ: Mapping[str, str] | None = None
    ) -> "Settings":
        """Settings from flags (`--data`, `--host`, `--port`), else the environment, else defaults.

        Args:
            args: a parsed command line; absent attributes and None count as not given.
            environ: by default this process's.

        Raises:
            ValueError: a variable holds something that cannot be meant.
        """
        env = os.environ if environ is None else environ
        flags = vars(args) if args is not None else {}
        data = flags.get("data") or env.get("MINGZHANG_DATA") or default_data_dir(env)
        data_dir = Path(data).expanduser().absolute()
        port = flags.get("port")
        return cls(
            data_dir=data_dir,
            database_url=_database_url(env),
            outer_key_file=_path(env, "MINGZHANG_OUTER_KEY_FILE") or data_dir / "outer.key",
            host=flags.get("host") or env.get("MINGZHANG_HOST") or DEFAULT_HOST,
            port=_port(env) if port is None else int(port),
            signing_key=_path(env, "MINGZHANG_SIGNING_KEY_FILE"),
            seal_events=_count(env, "MINGZHANG_SEAL_EVENTS", SEAL_EVENTS),
            seal_seconds=_count(env, "MINGZHANG_SEAL_SECONDS", SEAL_SECONDS),
            stamp_url=_web_address(env, "MINGZHANG_STAMP_URL"),
            stamp_seconds=_count(env, "MINGZHANG_STAMP_SECONDS", STAMP_SECONDS),
            stamp_roots=_path(env, "MINGZHANG_STAMP_ROOTS"),
        )


def default_data_dir(environ: Mapping[str, str] | None = None) -> Path:
    """The platform's folder for the data of programs."""
    env = os.environ if environ is None else environ
    home = Path(env["HOME"]) if env.get("HOME") else Path.home()
    if sys.platform == "win32":
        return Path(env.get("LOCALAPPDATA") or home / "AppData" / "Local") / "mingzhang"
    if sys.platform == "darwin":
        return home / "Library" / "Application Support" / "mingzhang"
    given = env.get("XDG_DATA_HOME", "")
    # The XDG specification: a relative path is invalid and to be ignored.
    base = Path(given) if given.startswith("/") else home / ".local" / "share"
    return base / "mingzhang"


def _database_url(env: Mapping[str, str]) -> str | None:
    url = env.get("DATABASE_URL") or None
    if url is not None and not url.startswith(("postgresql://", "postgres://")):
        # Its value may hold a password, so it is not repeated.
        raise ValueError("DATABASE_URL must start with postgresql:// or postgres://")
    return url


def _path(env: Mapping[str, str], name: str) -> Path | None:
    text = env.get(name)
    return Path(text).expanduser().absolute() if text else None


def _count(env: Mapping[str, str], name: str, default: int) -> int:
    text = env.get(name) or str(default)
    if not (text.isascii() and text.isdecimal()) or not 1 <= int(text[:10]) <= 1_000_000:
        raise ValueError(f"{name} must be a number from 1 to 1000000, not {text[:40]!r}")
    return int(text)


def _web_address(env: Mapping[str, str], name: str) -> str | None:
    url = env.get(name) or None
    if url is not None and not url.startswith(("http://", "https://")):
        raise ValueError(f"{name} must start with http:// or https://")
    return url


def _port(env: Mapping[str, str]) -> int:
    text = env.get("MINGZHANG_PORT") or str(DEFAULT_PORT)
    if not text.isdecimal() or int(text) > 65_535:
        raise ValueError(f"MINGZHANG_PORT must be a number from 0 to 65535, not {text!r}")
    return int(text)
