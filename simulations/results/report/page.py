"""The report as one file."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from html import escape
from pathlib import Path

from simulations.experiment.inputs import Inputs, read_rival
from simulations.results.compare import compare, intervals
from simulations.results.figures import figures_of
from simulations.results.pairs import pairs_in
from simulations.results.report.body import body
from simulations.results.report.gather import gather
from simulations.results.report.look import LOOK
from simulations.results.report.material import Material
from simulations.results.report.of_scenario import in_language, nearest_in
from simulations.results.report.say import LANGUAGES, Say
from simulations.results.versions import versions

REPORT = "report.html"


def write_report(folder: Path, inputs: Inputs, made_with: Mapping[str, str] | None = None) -> Path:
    """made_with : the versions that it tells; those that are here where nobody says"""
    values = figures_of(folder, inputs)
    rivals = [read_rival(folder, number) for number in range(len(inputs.experiment.rivals))]
    pairs = pairs_in(inputs, values)
    begins = datetime.fromisoformat(inputs.words.begins)
    material = Material(
        inputs=inputs,
        figures=intervals(values),
        apart=compare(values, pairs),
        pairs=pairs,
        gathered=gather(folder, inputs),
        begins=begins + timedelta(hours=inputs.experiment.warm_up_hours),
        versions=versions() if made_with is None else made_with,
        nearest=nearest_in(inputs, rivals),
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
        its = body(in_language(material, language), say)
        bodies.append(f'<main lang="{language}">{its}</main>')
    return (
        '<!doctype html><html lang="vi"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{LOOK}</style></head><body>{''.join(choices)}{''.join(bodies)}</body></html>\n"
    )
