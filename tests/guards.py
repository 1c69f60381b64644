"""What a test process started ends with it, however that ends: by SIGTERM or `kill -9`, too.

Nothing of ours runs then any more, so a small shell waits beside: its input ends when the test process does.
"""

import subprocess
from pathlib import Path

GUARD = """\
cat >/dev/null
named() { grep -qaF -- "$2" "/proc/$1/cmdline" 2>/dev/null; }
named "$1" "$2" && kill -"$3" "$1"
for _ in $(seq 200); do named "$1" "$2" || break; sleep 0.1; done
named "$1" "$2" && kill -KILL "$1"
[ -z "$4" ] || rm -rf -- "$4"
"""


class Guard:
    """Ends one process when this one has ended; `release` it when that is no longer wanted."""

    def __init__(self, pid: int, mark: str, how: str = "TERM", folder: Path | None = None) -> None:
        """mark   : stands in its command line, so that no other is ended that got its number meanwhile
        folder : goes then, too
        """
        words = [str(pid), mark, how, str(folder or "")]
        self._shell = subprocess.Popen(
            ["sh", "-c", GUARD, "guard", *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl+C at the terminal is not for it
        )

    def release(self) -> None:
        self._shell.kill()
        self._shell.wait()
        if self._shell.stdin is not None:
            self._shell.stdin.close()
