"""The tests that the mutants of a file meet: those nearest to its rules first."""

from __future__ import annotations

from pathlib import Path

CASE = "tests/engine/test_cases.py::test_a_worked_case_holds"
RECOUNT = "tests/engine/test_recount.py::test_engine_and_recount_agree_on"
FOLDERS = {  # of cases, where they are not called as the file is
    "measures/__init__.py": ["completion"],
    "measures/kind.py": ["completion", "award", "deduct", "versus_mean", "place", "numbers"],
    "measures/panel.py": ["panel", "panels"],
    "measures/survey.py": ["survey", "surveys"],
    "places.py": ["places", "demotion", "trigger", "grades"],
    "adjustments/slots.py": ["demotion"],
    "adjustments/triggers.py": ["trigger"],
    "adjustments/verdicts.py": ["negative-evaluation", "veto", "demotion", "grades"],
}
PLACING = "properties_places.py::test_{}"
SLOTS = [
    PLACING.format("every_small_board_is_demoted_as_the_text_of_the_slot_rule_says"),
    PLACING.format("final_places_are_those_of_the_slot_rule"),
]
UNITS = {  # what else speaks of a file or of all in its folder
    "adjustments": ["entries.py", "edges.py", "explain.py"],
    "adjustments/slots.py": SLOTS,
    "grades.py": ["grades.py", "properties_grades.py::test_grades_are_those_found_by_trying"],
    "measures": [
        *("measure_settings.py", "measure_checks.py", "measures_in_words.py", "causes.py"),
        *("scheme_refused.py", "explain.py", "algorithm_pages.py", "checkup_scheme.py"),
    ],
    "places.py": [
        *SLOTS,
        PLACING.format("base_places_and_item_places_count_the_better_and_the_worse"),
        PLACING.format("groups_do_not_run_into_each_other_however_far_apart_scores_are"),
        PLACING.format("ties_are_broken_by_the_tie_breakers_of_the_series_in_their_order"),
    ],
    "year.py": ["year.py", "wuqing_year.py", "properties_year.py"],
}


def suites(file: str, root: Path) -> list[list[str]]:
    """Arguments for pytest, one run after the other until a test fails; "" has those of all."""
    folders = FOLDERS.get(file, [Path(file).stem]) if file else [""]
    cases = [one for name in folders for one in sorted(root.glob(f"cases/{name}/**/*.yaml"))]
    recounted = dict.fromkeys(case.parent.name for case in cases)
    units = _units(file) if file else [one for several in UNITS.values() for one in several]
    return [
        [
            *(f"{CASE}[{case.parent.name}/{case.stem}]" for case in cases),
            *(f"{RECOUNT}_the_cases_of_a_folder[{folder}]" for folder in recounted),
        ],
        ["-k", "not real_sized", *(f"tests/engine/test_{name}" for name in units)],
        [CASE, f"{RECOUNT}_random_rounds[0]"],
    ]


def _units(file: str) -> list[str]:
    return UNITS[file] if file in UNITS else UNITS[Path(file).parts[0]]
