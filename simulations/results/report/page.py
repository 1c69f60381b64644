"""The report as one file."""

from datetime import datetime, timedelta
from html import escape
from pathlib import Path

from simulations.experiment.inputs import Inputs
from simulations.results.compare import compare, intervals
from simulations.results.figures import figures_of
from simulations.results.report.body import Material, body
from simulations.results.report.gather import gather
from simulations.results.report.look import LOOK
from simulations.results.report.say import LANGUAGES, Say
from simulations.results.versions import versions

REPORT = "report.html"


def write_report(folder: Path, inputs: Inputs) -> Path:
    values = figures_of(folder, inputs)
    begins = datetime.fromisoformat(inputs.words.begins)
    material = Material(
        inputs=inputs,
        figures=intervals(values),
        apart=compare(values),
        gathered=gather(folder, inputs),
        begins=begins + timedelta(hours=inputs.experiment.warm_up_hours),
        versions=versions(),
    )
    path = folder / REPORT
    path.write_text(page(material), encoding="utf-8")
    return path


def page(material: Material) -> str:
    """Both languages are in it; which one is seen is chosen without a script."""
    title = escape(material.inputs.experiment.question)
    choices, bodies = [], []
    for language in LANGUAGES:
        say = Say(language)
        checked = " checked" if language == LANGUAGES[0] else ""
        choices.append(
            f'<input type="radio" name="language" id="{language}"{checked}>'
            f'<label for="{language}" lang="{language}">{escape(say("language"))}</label>'
        )
        bodies.append(f'<main lang="{language}">{body(material, say)}</main>')
    return (
        '<!doctype html><html lang="vi"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{LOOK}</style></head><body>{''.join(choices)}{''.join(bodies)}</body></html>\n"
    )
