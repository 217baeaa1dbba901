"""`demo --check`: the whole main job, over real HTTP on a real PostgreSQL."""

import json
import subprocess
import sys

from ops.installation import ROOT

CALL = "import sys; from ops.cli import main; sys.exit(main(['demo', '--check']))"


def test_the_check_ends_well_with_one_line_of_json(newest, tmp_path, monkeypatch):
    # Its folder lies where temporary files lie, and is gone at the end.
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    done = subprocess.run(
        [sys.executable, "-c", CALL],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout.splitlines()[-1])
    assert list(said) == ["cases", "events", "position", "timeline_entries", "audit_entries"]
    assert said["cases"] >= 40
    assert said["events"] >= 1200
    assert said["position"]["loans"]
    assert min(said["timeline_entries"], said["audit_entries"]) >= 20
    assert list(tmp_path.iterdir()) == []
