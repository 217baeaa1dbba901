"""Calculation: day counts, rounding, schedules, rates and shares, from terms alone.

Nothing here knows of a case, an event or a country's caps: amounts are whole minor units in one
currency, rates exact fractions of one, and what a contract or a law chooses is an argument.

    daycount    which part of a year lies between two days
    rounding    where and which way an amount is rounded
    clock       a day count as whole ticks
    limits      ceilings on a day's interest and on all interest, as lenders' rules state them
    terms       what a schedule is made from, and its rows
    schedules   what falls due when
    early       paying off early, in whole or in part
    flows       money at times, and when a rate is not defined
    roots       the rate of one period
    unitperiods how Regulation Z measures time
    rates       an annual rate by a named method
    shares      parts that sum to the whole
"""
