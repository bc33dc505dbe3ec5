"""Write the made-up facts of the eight quarters and both years (示例数据，均为虚构).

It writes facts only, never points, places or grades. Every unit has a made-up strength between
0 and 1 that its figures lean on (generator/strengths.py); what else happened stands in the
stories of the years. Every machine writes the same bytes.
"""

from generator.answers import answers
from generator.ballots import ballots
from generator.events import quarterly_events, yearly_events
from generator.office import quarterly_office, yearly_office
from generator.period import FIRST, Period
from generator.reports import YEARLY, quarterly, usual_figures, values
from generator.staff import FORMER, staff
from generator.story_2018 import STORIES as STORIES_2018
from generator.story_2018 import YEAR as YEAR_2018
from generator.story_2019 import STORIES as STORIES_2019
from generator.story_2019 import YEAR as YEAR_2019
from generator.strengths import quarter_levels, year_levels
from generator.tallies import tallies, yearly_tallies
from generator.units import read_units

ENTERED = {"Q1": 4, "Q2": 7, "Q3": 10, "Q4": 13}  # in the month after the quarter


def entered_in(quarter):
    year, month = int(quarter[:4]), ENTERED[quarter[4:]]
    return f"{year + month // 13}-{(month - 1) % 12 + 1:02}"


def quarter_period(name):
    units = tuple(read_units(name[:4]))
    return Period(name[:4], name, entered_in(name), units, quarter_levels(name))


def year_period(year):
    return Period(year, year, f"{int(year) + 1}-01", tuple(read_units(year)), year_levels(year))


def write_quarter(period, story, usual):
    values(period, story, quarterly(period.year, period.season), usual)
    quarterly_events(period, story)
    quarterly_office(period, story)
    for write_opinions in (ballots, answers) if period.name == FIRST else (tallies,):
        write_opinions(period)


def write_year(period, story, usual):
    values(period, story, YEARLY, usual)
    yearly_events(period, story)
    yearly_office(period, story)
    yearly_tallies(period)
    staff(period)


def former(usual):
    """The same figures under the names of 2018 as well."""
    return usual | {
        (indicator, FORMER[name]): figures
        for (indicator, name), figures in usual.items()
        if name in FORMER
    }


def main():
    stories, first = STORIES_2018 | STORIES_2019, quarter_period(FIRST)
    usual = former(usual_figures(first, stories[FIRST], quarterly(first.year, first.season)))
    for name, story in stories.items():
        write_quarter(quarter_period(name), story, {} if name == FIRST else usual)
    last = year_period("2019")
    usual = former(usual_figures(last, YEAR_2019, YEARLY))
    write_year(year_period("2018"), YEAR_2018, usual)
    write_year(last, YEAR_2019, {})


if __name__ == "__main__":
    main()
