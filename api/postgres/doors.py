"""Who proves what at the private server: its owner by being this account, the reader by a password."""

import os
import shutil
from pathlib import Path

READER = "vigil_reader"
RULE = f"local vigil {READER} scram-sha-256"
"""A line of pg_hba.conf. The first line that fits decides, so it stands before those that trust."""


def ask_reader_for_password(cluster: Path) -> bool:
    """See that the rule stands first in the folder's pg_hba.conf; whether it had to be written.

    Lines that somebody added are kept. The file appears whole or not at all, with its owner and mode.
    """
    file = cluster / "pg_hba.conf"
    rules = file.read_text(encoding="utf-8")
    if rules.partition("\n")[0] == RULE:
        return False
    aside, known = file.with_suffix(".new"), file.stat()
    aside.touch(mode=0o600)
    aside.write_text(f"{RULE}\n{rules}", encoding="utf-8")
    shutil.copystat(file, aside)
    os.chown(aside, known.st_uid, known.st_gid)
    aside.replace(file)
    return True
