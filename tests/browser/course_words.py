"""A course in a provider's own words, long enough for the desk to find skills in it."""

from __future__ import annotations

# About 300 words; six skills of the framework stand in it by name.
_PARAGRAPHS = """In this week you learn to work on electric cars in an ordinary workshop without taking risks. We start
with the rules: who may open what, which signs stand at the car, and what you say to customers who want to watch. On the
first day you isolate a high-voltage system together with the trainer, write down each step, and hand the key over.

On the second day every group gets a car with a fault that we have built in. You diagnose a high-voltage fault with the
workshop's own tester and with nothing else. We look at the plan of the wires, talk about what the car itself reports,
and compare the answers of the groups.

On the third day you measure insulation resistance on three cars of different makers. One of them is wet, one is old,
and one has been in a flood. You learn when a number is good enough, whom you have to ask if it is not, and how the
report to the insurer is written.

On the fourth day we open the pack. You replace a battery module in a group of four and close the lid again. Before that
you read battery management data and decide which module it is. The old module goes into a box: you pack lithium
batteries for transport as the rules for the road ask for, and fill in the paper that goes with it.

The last day belongs to the test. It has a part on paper, a part at the car and a talk of ten minutes. Whoever passes
gets a certificate of our school. Whoever does not may come again within a year and pays nothing. Rooms can be booked in
the hotel beside the school. The course is held from eight people on."""
COURSE_TEXT = "\n\n".join(" ".join(paragraph.split()) for paragraph in _PARAGRAPHS.split("\n\n"))
COURSE_OUTCOMES = ("Isolate a high-voltage system alone", "Say no when a job is not safe")
