"""What a test process started ends with it, however that ends: by SIGTERM or `kill -9`, too.

Nothing of ours runs then any more, so a small shell waits beside: its input ends when the test process does.
"""

import subprocess
from pathlib import Path

GUARD = """\
cat >/dev/null
same() {
    case "$(sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f1,20)" in
        Z*) return 1 ;;  # has ended, and nobody asked how
        *" $2") return 0 ;;
    esac
    return 1
}
same "$1" "$2" && kill -"$3" "$1"
for _ in $(seq 200); do same "$1" "$2" || break; sleep 0.1; done
same "$1" "$2" && kill -KILL "$1"
[ -z "$4" ] || rm -rf -- "$4"
"""


class Guard:
    """Ends one process when this one has ended; `release` it when that is no longer wanted."""

    def __init__(self, pid: int, how: str = "TERM", folder: Path | None = None) -> None:
        """how    : the signal that asks it to end; it is killed when it has not within 20 s
        folder : goes then, too
        """
        words = [str(pid), born(pid), how, str(folder or "")]
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


def born(pid: int) -> str:
    """When it was started, in ticks of this machine: tells it from another that got its number meanwhile.

    "gone" for a process that has ended: nobody was born then.
    """
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return "gone"
    return stat.rpartition(")")[2].split()[19]
