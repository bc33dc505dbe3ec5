"""Write the made-up facts of the eight quarters and both years (示例数据，均为虚构).

It writes facts only, never points, places or grades. Every unit has a made-up strength between
0 and 1 that its figures lean on (generator/strengths.py); what else happened stands in the
stories of the years. Every machine writes the same bytes.
"""

from generator.answers import answers
from generator.ballots import ballots
from generator.events import quarterly_events
from generator.office import quarterly_office
from generator.period import FIRST, Period
from generator.reports import quarterly, values
from generator.story_2018 import STORIES as STORIES_2018
from generator.story_2019 import STORIES as STORIES_2019
from generator.strengths import quarter_levels
from generator.tallies import tallies
from generator.units import read_units

ENTERED = {"Q1": 4, "Q2": 7, "Q3": 10, "Q4": 13}  # in the month after the quarter


def entered_in(quarter):
    year, month = int(quarter[:4]), ENTERED[quarter[4:]]
    return f"{year + month // 13}-{(month - 1) % 12 + 1:02}"


def write_quarter(name, story):
    units = tuple(read_units(name[:4]))
    period = Period(name[:4], name, entered_in(name), units, quarter_levels(name))
    values(period, story, quarterly(period.season))
    quarterly_events(period, story)
    quarterly_office(period, story)
    for write_opinions in (ballots, answers) if name == FIRST else (tallies,):
        write_opinions(period)


def main():
    for name, story in (STORIES_2018 | STORIES_2019).items():
        write_quarter(name, story)


if __name__ == "__main__":
    main()
