"""The document on checkpoints can be recomputed from its own text and the one on leaves."""

import re
from datetime import UTC, datetime, timedelta
from uuid import UUID

from domain.checkpoints import checkpoint_text, journal_checkpoint, sign
from domain.tree import node_hash
from ops.installation import ROOT
from ops.keys.signing_key import SigningKey

DOCS = ROOT / "ops" / "docs"


def test_the_test_vector_comes_out():
    said = (DOCS / "checkpoints.md").read_text(encoding="utf-8")
    blocks = re.findall(r"(?ms)^```\n(.*?)^```$", said)
    fields, note = blocks[-2], blocks[-1]
    leaves = re.findall(r"(?m)^leaf: (\w+)$", fields)
    one = dict(re.findall(r"(?m)^(seed|public_key|root|verifier_key): (\S+)$", fields))
    events = re.findall(r"(?ms)^format:.*?^leaf: \w+$", (DOCS / "leaf.md").read_text("utf-8"))[:2]
    last = dict(re.findall(r"(?m)^(\w+): ?(\w*)$", events[-1]))
    assert [re.findall(r"(?m)^leaf: (\w+)$", event)[0] for event in events] == leaves

    organisation = UUID(last["organisation"])
    key = SigningKey(bytes.fromhex(one["seed"]), "the document")
    assert key.public_key.hex() == one["public_key"]
    assert key.verifier(organisation).text() == one["verifier_key"]
    root = node_hash(*map(bytes.fromhex, leaves))
    assert root.hex() == one["root"]
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(last["recorded_at"], 16))
    size = int(last["position"], 16)
    text = checkpoint_text(journal_checkpoint(organisation, size, root, moment))
    assert sign(text, key.verifier(organisation), key.sign) == note
