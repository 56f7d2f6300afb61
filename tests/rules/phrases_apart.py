"""Times as comms people type them in a hurry, and what each one means.

Written on 30 November 2026, before there was a parser, by somebody who had not seen one. The table is never adapted
to the parser. A phrase found to be wrong in itself is corrected, with the reason in the same line.

What holds for many lines:

- A weekday alone is the first one to come. On that very weekday it is refused: today, or in a week?
- "next" and "prochain" with a weekday that is still to come this week are refused: for some the one of this week, for
  others the one after. Where both come to the same day, that day is meant.
- An hour without a day is today's if it is still to come, else refused. A day without an hour is refused.
- Hours in French are those of 24; in English without am or pm, 8 to 11 are in the morning. In both, 1 to 6 are refused
  unless something says which half of the day: few people send at three at night, and many say "3" for 15:00. Written
  as 03:30, an hour is one of 24.
- Days without a year, and numbers without a month, are the first ones to come, unless they have only just passed.
- In French, 1/12 is the first of December. In English it is refused unless a single order is possible.
- Hours and minutes from now are time that passes, also when the clocks change; days from now are days of the calendar.
- What names a stretch, a limit or a habit ("this evening", "by five", "every Monday") is no moment, and refused.
"""

from dataclasses import dataclass
from typing import Literal

FRIDAY = "2026-11-27T10:00"
LAUNCH = "2026-12-15"  # a Tuesday


@dataclass(frozen=True)
class Phrase:
    """What somebody types, and the wall-clock time in Europe/Paris that it means.

    means: empty where the only right answer is a question. now: when it is typed, on the same clock; by default a
    Monday. day_zero: the day that J-7 or D+1 counts from, if it is known. why: of a judgement call.
    """

    text: str
    language: Literal["fr", "en"]
    means: str
    now: str = "2026-11-23T10:00"
    day_zero: str = ""
    why: str = ""


FRENCH = (
    # Days named from today
    Phrase("demain 9h", "fr", "2026-11-24T09:00"),
    Phrase("demain 9 h 30", "fr", "2026-11-24T09:30"),
    Phrase("DEMAIN 8H45", "fr", "2026-11-24T08:45"),
    Phrase("demain à 14:00", "fr", "2026-11-24T14:00"),
    Phrase("demain matin à 8h", "fr", "2026-11-24T08:00"),
    Phrase("demain midi", "fr", "2026-11-24T12:00", why="an hour of its own, not a part of the day"),
    Phrase("demain à dix heures moins le quart", "fr", "2026-11-24T09:45"),
    Phrase("demain 3h de l'aprem", "fr", "2026-11-24T15:00"),
    Phrase("pour demain 9h15 svp", "fr", "2026-11-24T09:15"),
    Phrase("demain 2pm", "fr", "2026-11-24T14:00", why="people here mix both languages; nothing else it could be"),
    Phrase("après-demain 10h", "fr", "2026-11-25T10:00"),
    Phrase("apres demain a 9h", "fr", "2026-11-25T09:00"),
    Phrase("aujourd'hui 16h", "fr", "2026-11-23T16:00"),
    Phrase("auj. à 17h30", "fr", "2026-11-23T17:30"),
    Phrase("cet apres-midi à 3h", "fr", "2026-11-23T15:00", why="the part of the day says which three"),
    Phrase("ce soir à 8h", "fr", "2026-11-23T20:00", why="the part of the day says which eight"),
    Phrase("ce soir minuit", "fr", "2026-11-24T00:00", why="the midnight that ends this evening"),
    Phrase("demain à 9h00", "fr", "2027-01-01T09:00", "2026-12-31T18:00"),
    # An hour alone
    Phrase("14h", "fr", "2026-11-23T14:00"),
    Phrase("à 17 h", "fr", "2026-11-23T17:00"),
    Phrase("midi", "fr", "2026-11-23T12:00"),
    Phrase("midi et demi", "fr", "2026-11-23T12:30"),
    # From now
    Phrase("dans 45 minutes", "fr", "2026-11-23T10:45"),
    Phrase("dans un quart d'heure", "fr", "2026-11-23T10:15"),
    Phrase("dans 1h30", "fr", "2026-11-23T11:30"),
    Phrase("dans une heure et demie", "fr", "2026-11-23T11:30"),
    Phrase("dans 3 jours a 9h", "fr", "2026-11-26T09:00"),
    Phrase("dans deux semaines à 10h", "fr", "2026-12-07T10:00"),
    Phrase("dans un mois à 9h", "fr", "2026-12-23T09:00"),
    Phrase("dans 45 min", "fr", "2026-11-24T00:15", "2026-11-23T23:30"),
    Phrase("dans 2 heures", "fr", "2027-03-28T04:15", "2027-03-28T01:15", why="one hour is left out that night"),
    Phrase("dans 4 heures", "fr", "2027-10-31T04:30", "2027-10-31T01:30", why="one hour comes twice that night"),
    # Weekdays
    Phrase("vendredi 14h30", "fr", "2026-11-27T14:30"),
    Phrase("plutot jeudi 10h", "fr", "2026-11-26T10:00"),
    Phrase("ce vendredi à 11h", "fr", "2026-11-27T11:00"),
    Phrase("lundi prochain 9h", "fr", "2026-11-30T09:00", why="today is Monday: nobody calls it the next one"),
    Phrase("mardi prochain 9h", "fr", "2026-12-01T09:00", FRIDAY, why="on a Friday only one can be meant"),
    Phrase("vendredi de la semaine prochaine à 14h", "fr", "2026-12-04T14:00"),
    Phrase("semaine prochaine mardi 9h30", "fr", "2026-12-01T09:30"),
    Phrase("mardi en huit à 9h", "fr", "2026-12-01T09:00", why="a week after the first Tuesday to come"),
    Phrase("lundi en huit 9h", "fr", "2026-12-07T09:00", "2026-11-25T10:00", why="a week after Monday 30"),
    Phrase("premier lundi de décembre 10h", "fr", "2026-12-07T10:00"),
    Phrase("dernier vendredi du mois 16h", "fr", "2026-11-27T16:00"),
    # Dates
    Phrase("le 1er décembre à 9h", "fr", "2026-12-01T09:00"),
    Phrase("1 dec 2026 9h", "fr", "2026-12-01T09:00"),
    Phrase("mardi 1/12 9h", "fr", "2026-12-01T09:00"),
    Phrase("1/12/2026 09:00", "fr", "2026-12-01T09:00"),
    Phrase("10/12 14h30", "fr", "2026-12-10T14:30"),
    Phrase("01.12.2026 à 14h", "fr", "2026-12-01T14:00"),
    Phrase("jeu 3 déc 9h30", "fr", "2026-12-03T09:30"),
    Phrase("vendredi 4 à 10h", "fr", "2026-12-04T10:00", why="the first Friday that is a fourth"),
    Phrase("le 27 à 9h", "fr", "2026-11-27T09:00"),
    Phrase("le 3 du mois prochain à 9h", "fr", "2026-12-03T09:00"),
    Phrase("5 janvier 9h", "fr", "2027-01-05T09:00", why="the first one to come"),
    Phrase("le dernier jour du mois à 9h", "fr", "2026-11-30T09:00"),
    Phrase("2026-12-01 09:00", "fr", "2026-12-01T09:00"),
    Phrase("28/03/2027 03:30", "fr", "2027-03-28T03:30", why="the clocks changed half an hour before: it exists"),
    # From day zero
    Phrase("J-7 9h", "fr", "2026-12-08T09:00", day_zero=LAUNCH),
    Phrase("j - 3 a 8h30", "fr", "2026-12-12T08:30", day_zero=LAUNCH),
    Phrase("J–1 à 17h", "fr", "2026-12-14T17:00", day_zero=LAUNCH, why="a phone makes a dash of it"),
    Phrase("J+1 10h", "fr", "2026-12-16T10:00", day_zero=LAUNCH),
    Phrase("jour J à 8h", "fr", "2026-12-15T08:00", day_zero=LAUNCH),
    Phrase("la veille du jour J à 18h", "fr", "2026-12-14T18:00", day_zero=LAUNCH),
    # Zones
    Phrase("demain 9h heure de Paris", "fr", "2026-11-24T09:00"),
    Phrase("demain 9h heure de Montréal", "fr", "2026-11-24T15:00", why="another zone is said: never 9:00 in Paris"),
    # Refused: which one?
    Phrase("vendredi 14h", "fr", "", FRIDAY, why="it is Friday: today or in a week?"),
    Phrase("vendredi prochain à 14h30", "fr", "", why="27 November for some, 4 December for others"),
    Phrase("mardi prochain à 9h", "fr", "", why="tomorrow by the dictionary, in eight days for most people"),
    Phrase("lundi en huit à 9h", "fr", "", why="on a Monday: in one week or in two?"),
    Phrase("dans huit jours à 10h", "fr", "", why="usually a week, by the numbers a day more"),
    Phrase("dans 15 jours à 10h", "fr", "", why="usually two weeks, by the numbers a day more"),
    Phrase("demain a 3h", "fr", "", why="three at night as written, 15:00 as many say it"),
    Phrase("demain minuit", "fr", "", why="the midnight that begins tomorrow, or the one that ends it"),
    Phrase("demain 9h ou 10h", "fr", "", why="two times"),
    Phrase("demain de 9h à 10h", "fr", "", why="a stretch: its beginning is likely meant, but not said"),
    # Refused: when exactly?
    Phrase("ce soir", "fr", "", why="no hour"),
    Phrase("demain matin", "fr", "", why="no hour"),
    Phrase("le 1er décembre", "fr", "", why="no hour"),
    Phrase("J-7", "fr", "", day_zero=LAUNCH, why="no hour"),
    Phrase("J-2 à 10h", "fr", "", why="day zero is not known"),
    Phrase("la semaine prochaine", "fr", "", why="no day and no hour"),
    Phrase("fin du mois", "fr", "", why="the last day, the last working day, or the days around?"),
    Phrase("d'ici une heure", "fr", "", why="at the latest in an hour: a limit, no moment"),
    Phrase("avant 17h", "fr", "", why="a limit, no moment"),
    Phrase("bientôt", "fr", "", why="no time"),
    Phrase("des que possible", "fr", "", why="no time"),
    Phrase("tous les lundis 9h", "fr", "", why="a habit, not one time"),
    Phrase("pas demain 9h", "fr", "", why="says when not"),
    Phrase("plutôt salle 14", "fr", "", why="a number, but no time"),
    # Refused: it cannot be
    Phrase("le 31 novembre 9h", "fr", "", why="no such day"),
    Phrase("29/02/2027 10h", "fr", "", why="no such day in that year"),
    Phrase("le 12/13 à 9h", "fr", "", why="no thirteenth month; the other order is not how French writes it"),
    Phrase("mardi 2 décembre 9h", "fr", "", why="2 December is a Wednesday"),
    Phrase("demain 25h", "fr", "", why="no such hour"),
    Phrase("demain matin 20h", "fr", "", why="20:00 is not in the morning"),
    Phrase("28/03/2027 02:30", "fr", "", why="the clocks go from 02:00 to 03:00"),
    Phrase("dimanche 2h30 du matin", "fr", "", "2026-10-20T10:00", why="on 25 October it happens twice"),
    Phrase("J-1 02h30", "fr", "", day_zero="2027-03-29", why="the clocks go from 02:00 to 03:00 on the day before"),
    # Refused: it has passed
    Phrase("9h", "fr", "", why="passed today, and no other day is said"),
    Phrase("aujourd'hui à 9h30", "fr", "", why="passed"),
    Phrase("hier 15h", "fr", "", why="passed"),
    Phrase("le 20 novembre à 9h", "fr", "", why="passed three days ago: rather a slip than a year from now"),
    Phrase("J-30 9h", "fr", "", day_zero=LAUNCH, why="15 November has passed"),
)

ENGLISH = (
    # Days named from today
    Phrase("tomorrow 9am", "en", "2026-11-24T09:00"),
    Phrase("tmrw 9:30 am", "en", "2026-11-24T09:30"),
    Phrase("9 a.m. tomorrow", "en", "2026-11-24T09:00"),
    Phrase("tomorrow at 9", "en", "2026-11-24T09:00", why="nobody means 21:00 without saying so"),
    Phrase("tomorrow 9.30am", "en", "2026-11-24T09:30"),
    Phrase("tomorrow 14:00", "en", "2026-11-24T14:00"),
    Phrase("tomorrow at 1430", "en", "2026-11-24T14:30", why="four figures after at are an hour"),
    Phrase("half past nine tomorrow morning", "en", "2026-11-24T09:30"),
    Phrase("noon tomorrow", "en", "2026-11-24T12:00"),
    Phrase("tomorrow 12pm", "en", "2026-11-24T12:00"),
    Phrase("tomorrow evening at 6", "en", "2026-11-24T18:00"),
    Phrase("tomorrow 9h", "en", "2026-11-24T09:00", why="people here mix both languages; nothing else it could be"),
    Phrase("please send it tomorrow at 11am", "en", "2026-11-24T11:00"),
    Phrase("the day after tomorrow at 9", "en", "2026-11-25T09:00"),
    Phrase("today at 4pm", "en", "2026-11-23T16:00"),
    Phrase("this afternoon at 3", "en", "2026-11-23T15:00", why="the part of the day says which three"),
    Phrase("tonight at 8", "en", "2026-11-23T20:00", why="the part of the day says which eight"),
    # An hour alone
    Phrase("noon", "en", "2026-11-23T12:00"),
    Phrase("at 2pm", "en", "2026-11-23T14:00"),
    Phrase("17:30", "en", "2026-11-23T17:30"),
    Phrase("at 11", "en", "2026-11-23T11:00", why="still to come this morning"),
    # From now
    Phrase("in two hours", "en", "2026-11-23T12:00"),
    Phrase("in half an hour", "en", "2026-11-23T10:30"),
    Phrase("in 90 min", "en", "2026-11-23T11:30"),
    Phrase("in an hour and a half", "en", "2026-11-23T11:30"),
    Phrase("in 48 hours", "en", "2026-11-25T10:00"),
    Phrase("in 3 days at 9", "en", "2026-11-26T09:00"),
    Phrase("in 2 weeks at 9am", "en", "2026-12-07T09:00"),
    Phrase("in a fortnight at 10am", "en", "2026-12-07T10:00"),
    Phrase("in an hour", "en", "2027-01-01T00:30", "2026-12-31T23:30"),
    Phrase("in 3 hours", "en", "2027-03-28T04:30", "2027-03-28T00:30", why="one hour is left out that night"),
    # Weekdays
    Phrase("Friday 2pm", "en", "2026-11-27T14:00"),
    Phrase("thurs at 10", "en", "2026-11-26T10:00"),
    Phrase("this Friday at 3pm", "en", "2026-11-27T15:00"),
    Phrase("this coming Wednesday 10:30", "en", "2026-11-25T10:30"),
    Phrase("next Monday at 9", "en", "2026-11-30T09:00", why="today is Monday: nobody calls it the next one"),
    Phrase("next Wednesday at 10am", "en", "2026-12-02T10:00", FRIDAY, why="on a Friday only one can be meant"),
    Phrase("Tuesday next week at 9", "en", "2026-12-01T09:00"),
    Phrase("Friday week at 10am", "en", "2026-12-04T10:00", why="British: a week after the first Friday to come"),
    Phrase("first Monday of December at 10", "en", "2026-12-07T10:00"),
    Phrase("last Friday of the month, 4pm", "en", "2026-11-27T16:00"),
    # Dates
    Phrase("Dec 3rd at 2pm", "en", "2026-12-03T14:00"),
    Phrase("3 december 14:00", "en", "2026-12-03T14:00"),
    Phrase("December 1, 2026, 9:00 AM", "en", "2026-12-01T09:00"),
    Phrase("Fri 27 Nov 09:00", "en", "2026-11-27T09:00"),
    Phrase("Friday the 4th at 10", "en", "2026-12-04T10:00"),
    Phrase("the 27th at 9", "en", "2026-11-27T09:00"),
    Phrase("jan 5th 10am", "en", "2027-01-05T10:00", why="the first one to come"),
    Phrase("24/12 at 4pm", "en", "2026-12-24T16:00", why="no twenty-fourth month: one order is possible"),
    Phrase("12/13/2026 9am", "en", "2026-12-13T09:00", why="no thirteenth month: one order is possible"),
    Phrase("12/12/2026 9am", "en", "2026-12-12T09:00", why="the same in both orders"),
    Phrase("Fri 4/12 9am", "en", "2026-12-04T09:00", why="12 April 2027 is no Friday: one order is possible"),
    Phrase("last day of the month at 9am", "en", "2026-11-30T09:00"),
    Phrase("2026-12-01T14:30", "en", "2026-12-01T14:30"),
    # From day zero
    Phrase("D-7 at 9am", "en", "2026-12-08T09:00", day_zero=LAUNCH),
    Phrase("D+1 at 14:00", "en", "2026-12-16T14:00", day_zero=LAUNCH),
    Phrase("d-3 noon", "en", "2026-12-12T12:00", day_zero=LAUNCH),
    Phrase("D-Day at 8am", "en", "2026-12-15T08:00", day_zero=LAUNCH),
    # Zones
    Phrase("2026-12-01T08:00Z", "en", "2026-12-01T09:00", why="Z is UTC, an hour behind Paris in winter"),
    Phrase("tomorrow 2pm UTC", "en", "2026-11-24T15:00", why="another zone is said: never 14:00 in Paris"),
    Phrase("tomorrow 9am New York time", "en", "2026-11-24T15:00", why="another zone is said: never 9:00 in Paris"),
    # Refused: which one?
    Phrase("Friday at 3pm", "en", "", FRIDAY, why="it is Friday: today or in a week?"),
    Phrase("next Friday at 2pm", "en", "", why="27 November for some, 4 December for others"),
    Phrase("next Tuesday at 9", "en", "", why="few would say it for tomorrow, but some do: a week is much to lose"),
    Phrase("tomorrow at 3", "en", "", why="three at night or 15:00"),
    Phrase("tomorrow 2:30", "en", "", why="half past two at night or 14:30"),
    Phrase("half 9 tomorrow", "en", "", why="9:30 for the British, 8:30 for Germans and Dutch"),
    Phrase("midnight tomorrow", "en", "", why="the midnight that begins tomorrow, or the one that ends it"),
    Phrase("tomorrow 12am", "en", "", why="midnight by the rule, and often typed for noon"),
    Phrase("1/12 at 9am", "en", "", why="1 December or 12 January"),
    Phrase("Tue 1/12 9am", "en", "", why="1 December and 12 January are both Tuesdays"),
    Phrase("2/3/2027 at 9am", "en", "", why="2 March or 3 February"),
    Phrase("tomorrow 9am CST", "en", "", why="Chicago or China"),
    Phrase("tomorrow between 9 and 10", "en", "", why="a stretch, no moment"),
    Phrase("Wednesday or Thursday at 10am", "en", "", why="two times"),
    # Refused: when exactly?
    Phrase("tonight", "en", "", why="no hour"),
    Phrase("tomorrow", "en", "", why="no hour"),
    Phrase("in 3 days", "en", "", why="no hour: the present one is not what people think of"),
    Phrase("first thing tomorrow", "en", "", why="no hour"),
    Phrase("D+2", "en", "", day_zero=LAUNCH, why="no hour"),
    Phrase("D-2 at 10am", "en", "", why="day zero is not known"),
    Phrase("next week", "en", "", why="no day and no hour"),
    Phrase("end of the month", "en", "", why="the last day, the last working day, or the days around?"),
    Phrase("EOD", "en", "", why="each has another end of the day"),
    Phrase("by 5pm", "en", "", why="a limit, no moment"),
    Phrase("within the hour", "en", "", why="a limit, no moment"),
    Phrase("in a couple of hours", "en", "", why="two, or some"),
    Phrase("soon", "en", "", why="no time"),
    Phrase("every Monday at 9am", "en", "", why="a habit, not one time"),
    Phrase("not tomorrow at 9am", "en", "", why="says when not"),
    Phrase("see page 11", "en", "", why="a number, but no time"),
    # Refused: it cannot be
    Phrase("November 31 at 9am", "en", "", why="no such day"),
    Phrase("Monday Dec 3 at 10am", "en", "", why="3 December is a Thursday"),
    Phrase("tomorrow 14:75", "en", "", why="no such minute"),
    Phrase("tomorrow morning at 3pm", "en", "", why="15:00 is not in the morning"),
    Phrase("Sunday March 29 at 2:30am", "en", "", "2026-03-23T10:00", why="the clocks go from 02:00 to 03:00"),
    Phrase("Oct 31 2027 at 2:30am", "en", "", why="it happens twice: the clocks go back at 03:00"),
    # Refused: it has passed
    Phrase("at 9", "en", "", why="passed this morning: tonight, tomorrow, or a slip?"),
    Phrase("today at 9am", "en", "", why="passed"),
    Phrase("yesterday at 3pm", "en", "", why="passed"),
    Phrase("last Friday at 10am", "en", "", why="passed"),
    Phrase("Nov 20 at 9am", "en", "", why="passed three days ago: rather a slip than a year from now"),
    Phrase("2026-11-20 09:00", "en", "", why="passed"),
)

PHRASES = FRENCH + ENGLISH
