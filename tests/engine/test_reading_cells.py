"""Cells of text made clean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitai.facts.clean import clean_text, date_cell, number_cell, number_or_ratio, number_or_text
from leitai.facts.xlsx_cells import number_text, percent_text, value_text
from leitai.points import exact
from leitai.problems import Refused


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("  高村镇\t", "高村镇"),
        ("\u3000高村镇\u3000", "高村镇"),
        ("\ufeff\u200b\u00a0高村镇\u200d", "高村镇"),
        ("３月５日，无证（１人）。", "３月５日，无证（１人）。"),
        ("cafe\u0301", "café"),
        ("高 村 镇", "高 村 镇"),
        ("\u3000\u200b ", ""),
    ],
)
def test_outer_blanks_are_cut_and_ordinary_text_is_left_alone(typed: str, clean: str) -> None:
    assert clean_text(typed) == clean


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("１２．５％", "12.5%"),
        ("-12.50", "-12.50"),
        ("+5", "5"),
        (".5", "0.5"),
        ("-.5", "-0.5"),
        ("5.", "5"),
        ("−5", "-5"),
        ("－５", "-5"),
        ("﹣5", "-5"),
        ("12 %", "12%"),
        ("007", "7"),
        ("0", "0"),
        ("-0.00", "0.00"),
        ("\u00a012\u3000", "12"),
        ("123456789012345678", "123456789012345678"),
        ("000123456789012345678", "123456789012345678"),
        ("0.123456789012345678", "0.123456789012345678"),
    ],
)
def test_a_number_keeps_its_digits_and_loses_its_dress(typed: str, number: str) -> None:
    assert number_cell(typed) == number


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("1,234", "fact.thousands-separator"),
        ("1，234", "fact.thousands-separator"),
        ("1 234", "fact.thousands-separator"),
        ("1\u00a0234", "fact.thousands-separator"),
        ("1'234", "fact.thousands-separator"),
        ("1.234,56", "fact.thousands-separator"),
        ("-1,5", "fact.thousands-separator"),
        ("1e5", "fact.exponent"),
        ("1.5E+03", "fact.exponent"),
        ("1234567890123456789", "fact.too-many-digits"),
        ("1.234567890123456789", "fact.too-many-digits"),
        ("", "fact.not-a-number"),
        ("-", "fact.not-a-number"),
        (".", "fact.not-a-number"),
        ("%", "fact.not-a-number"),
        ("12个", "fact.not-a-number"),
        ("12。5", "fact.not-a-number"),
        ("--5", "fact.not-a-number"),
        ("5²", "fact.not-a-number"),
        ("①", "fact.not-a-number"),
        ("½", "fact.not-a-number"),
        ("٣", "fact.not-a-number"),
        ("1/2", "fact.not-a-number"),
        ("nan", "fact.not-a-number"),
    ],
)
def test_what_is_no_plain_number_is_refused_with_its_reason(typed: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        number_cell(typed)
    assert (refused.value.code, refused.value.args_of_problem) == (code, {"text": typed})


@given(st.from_regex(r"[+-]?[0-9]{1,9}(\.[0-9]{1,9})?", fullmatch=True))
def test_a_number_states_the_same_in_full_width(typed: str) -> None:
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in typed)
    assert exact(number_cell(wide)) == exact(number_cell(typed)) == exact(typed)


@given(st.text())
def test_a_cleaned_number_is_never_changed_by_cleaning_again(text: str) -> None:
    try:
        number = number_cell(text)
    except Refused:
        return
    assert number_cell(number) == number


@pytest.mark.parametrize(
    ("typed", "mean"),
    [("85.5", "85.5"), ("257/3", "257/3"), ("２５７／３", "257/3"), ("1 / 2", "1/2")],
)
def test_a_mean_may_be_a_ratio_of_whole_numbers(typed: str, mean: str) -> None:
    assert number_or_ratio(typed) == mean


@pytest.mark.parametrize("typed", ["1/0", "1/-2", "1.5/2", "1/2/3", "a/b", "/"])
def test_other_ratios_are_no_mean(typed: str) -> None:
    with pytest.raises(Refused, match=r"fact\.not-a-number"):
        number_or_ratio(typed)


def test_a_mark_may_be_a_number_or_a_word_but_not_a_doubtful_number() -> None:
    assert [number_or_text(text) for text in ("９５", "优秀", "回避", "-3")] == [
        "95",
        "优秀",
        "回避",
        "-3",
    ]
    with pytest.raises(Refused, match=r"fact\.thousands-separator"):
        number_or_text("1,5")


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("2019-03-05", "2019-03-05"),
        ("2019/3/5", "2019-03-05"),
        ("2019.3.5", "2019-03-05"),
        ("２０１９年３月５日", "2019-03-05"),
        ("2019-03-05 9:30", "2019-03-05T09:30"),
        ("2019-03-05T09:30:15", "2019-03-05T09:30:15"),
        ("2020-02-29", "2020-02-29"),
    ],
)
def test_dates_become_iso_text(typed: str, iso: str) -> None:
    assert date_cell(typed) == iso


@pytest.mark.parametrize(
    "typed", ["2019-02-29", "3/5/2019", "2019-3/5", "三月五日", "2019-03-05 25:00", "20190305", ""]
)
def test_what_is_no_date_of_the_calendar_is_refused(typed: str) -> None:
    with pytest.raises(Refused) as refused:
        date_cell(typed)
    assert (refused.value.code, refused.value.args_of_problem) == (
        "fact.not-a-date",
        {"text": typed},
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.1, "0.1"),
        (0.1 + 0.2, "0.3"),
        (12.0, "12"),
        (12, "12"),
        (-1.25, "-1.25"),
        (1e-7, "0.0000001"),
        (123456789012345.0, "123456789012345"),
        (1e20, "100000000000000000000"),
        (12345678901234567, "12345678901234567"),
        (float("inf"), "Infinity"),
    ],
)
def test_a_number_of_excel_is_the_shortest_text_of_15_digits(value: float, text: str) -> None:
    assert number_text(value) == text


@pytest.mark.parametrize(
    ("value", "text"), [(0.95, "95%"), (1, "100%"), (0.955, "95.5%"), (0.0, "0%"), (-0.2, "-20%")]
)
def test_a_share_is_written_as_percent(value: float, text: str) -> None:
    assert percent_text(value) == text


@pytest.mark.parametrize(
    ("number_format", "text"),
    [
        ("0%", "95%"),
        ("0.00%;[Red]-0.00%", "95%"),
        ('0"%"', "0.95%"),
        ("0\\%", "0.95%"),
        ("0", "0.95"),
    ],
)
def test_a_percent_sign_is_read_as_it_is_seen(number_format: str, text: str) -> None:
    assert value_text(0.95, number_format) == text


@given(st.decimals(-(10**9), 10**9, places=4))
def test_what_is_typed_into_excel_comes_back_as_typed(typed: object) -> None:
    number = float(str(typed))
    assert exact(number_cell(number_text(number))) == exact(number_cell(str(typed)))
