"""Progress on the terminal: a bar for people, plain lines for logs."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn


@contextmanager
def shown_progress(*, lines: bool = True) -> Iterator[Callable[[str, float], None]]:
    """A function `tell(stage, share)` that moves a bar; it appears with the first call. Without a terminal it
    writes a line for each stage, if `lines` are wanted."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description:<34}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = None
        stage_before = ""

        def tell(stage: str, share: float) -> None:
            nonlocal task, stage_before
            if task is None:
                task = bar.add_task(stage, total=1.0)
            bar.update(task, description=stage, completed=min(1.0, share))
            if lines and stage != stage_before and not console.is_terminal:
                console.print(f"  {stage}" if stage.endswith("done") else f"  {stage} ...")
            stage_before = stage

        yield tell
