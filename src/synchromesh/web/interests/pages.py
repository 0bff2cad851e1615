"""What the entry pages say: own sentences, each claim with its source. Drafts for the alliance to validate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from synchromesh.web.interests.published_figures import THIRD_SURVEY

_REVIEW_2024 = _("the alliance's own review of 2024")


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Where to go on: a named address, and what stands behind its question mark."""

    label: Any
    to: str
    query: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a claim comes from; without an address where there is none."""

    name: Any
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading with what it says and where it leads. `shows` names a list of records that stands below the words."""

    title: Any
    words: tuple[Any, ...] = ()
    links: tuple[Link, ...] = ()
    sources: tuple[Source, ...] = ()
    shows: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """One entry page; `door` says in a sentence for whom it is."""

    title: Any
    door: Any
    lede: Any
    sections: tuple[Section, ...]


YOUNG_PEOPLE = Audience(
    title=_("For young people and students"),
    door=_("What is this work like, and how do I begin?"),
    lede=_("Cars, batteries and the software in them are made by many hands. See what people do all day, and try it."),
    sections=(
        Section(
            title=_("What the work is like"),
            words=(
                _("In battery production about 70 to 75 of 100 jobs are on the shop floor."),
                _("Each job below says what one does and what one must be able to do."),
            ),
            sources=(
                Source(name="ALBATTS, EfVET", url="https://efvet-conference.eu/albatts/"),
                Source(name="CaBatt", url="https://project-cabatt.eu"),
            ),
            shows="roles",
            links=(Link(label=_("All jobs"), to="roles:list"),),
        ),
        Section(
            title=_("First steps that cost nothing"),
            words=(_("These courses are free. You need no account to look at them."),),
            shows="free_courses",
            links=(Link(label=_("All free courses"), to="courses:list", query="price=free"),),
        ),
        Section(
            title=_("Apprenticeships"),
            words=(
                _("You learn in a company and in a school, by a contract, and are paid or get something else for it."),
                _("How it works differs from country to country. These practices show what others do well."),
            ),
            sources=(
                Source(
                    name=_("Council Recommendation on apprenticeships, 2018/C 153/01"),
                    url="https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:32018H0502(01)",
                ),
            ),
            shows="apprenticeships",
            links=(Link(label=_("Practices on apprenticeships"), to="practices:list", query="theme=apprenticeship"),),
        ),
        Section(
            title=_("Meet people"),
            words=(_("At these events you can ask those who do the work."),),
            shows="events",
            links=(Link(label=_("All events"), to="events:list"),),
        ),
    ),
)
WORKERS = Audience(
    title=_("For workers"),
    door=_("What do I lack for the job that I want?"),
    lede=_("Choose a job, say what you can do already, and see which courses close the gap."),
    sections=(
        Section(
            title=_("Begin with the job"),
            words=(
                _("It takes a few minutes and needs no account. What you answer stays in your browser."),
                _("You see the shortest way that is known here: hours, price, and what is not known."),
            ),
            shows="roles",
            links=(
                Link(label=_("Choose a job"), to="roles:list"),
                Link(label=_("Find my skills in my CV"), to="me:cv"),
            ),
        ),
        Section(
            title=_("What it costs"),
            words=(_("Many courses are free. An unknown price is shown as unknown and never as free."),),
            shows="free_courses",
            links=(Link(label=_("All free courses"), to="courses:list", query="price=free"),),
        ),
        Section(
            title=_("Show what you can do"),
            words=(
                _("What you learned can be proved with a credential that anybody can check without an account."),
                _("Your employer sees nothing of what you do here unless you share it."),
            ),
            links=(Link(label=_("What can be earned"), to="achievements:list"),),
        ),
    ),
)
EMPLOYERS = Audience(
    title=_("For employers"),
    door=_("Which skills does my company need, and where do people get them?"),
    lede=_("Choose the jobs that you have to fill. See what they need, which courses give it, and what others did."),
    sections=(
        Section(
            title=_("What your jobs need"),
            words=(
                _("Each job says which skills it needs, at which level, and from where that is known."),
                _("Search with the title of your job advertisement: titles with mistakes and additions are found too."),
            ),
            links=(
                Link(label=_("All jobs"), to="roles:list"),
                Link(label=_("Two jobs side by side"), to="roles:compare"),
            ),
        ),
        Section(
            title=_("Courses on site"),
            words=(_("In the company, or partly on site. What a course costs is said, or that it is not known."),),
            shows="company_courses",
            links=(
                Link(label=_("Courses in a company"), to="courses:list", query="mode=in-company"),
                Link(label=_("Courses partly on site"), to="courses:list", query="mode=blended"),
            ),
        ),
        Section(
            title=_("Training that is missing"),
            words=(
                _("What people looked for and no course gave. Providers see it too."),
                _("In 2024 members of the partnerships trained 33 of 100 of their own people on average."),
            ),
            sources=(Source(name="European Commission", url=THIRD_SURVEY),),
            links=(Link(label=_("Training that is wanted"), to="wanted:list"),),
        ),
        Section(
            title=_("What other companies did"),
            shows="company_practices",
            links=(
                Link(
                    label=_("Practices of training for people in work"), to="practices:list", query="theme=upskilling"
                ),
                Link(label=_("Share what you did"), to="practices:new"),
            ),
        ),
        Section(
            title=_("Check what an applicant shows you"),
            words=(_("Whether a credential is as it was signed and holds today. You need no account for it."),),
            links=(Link(label=_("Check a credential"), to="verify"),),
        ),
        Section(
            title=_("Work with the alliance"),
            words=(_("Members work in its groups, host study visits and say which skills they will need."),),
            shows="employer_figures",
            links=(
                Link(label=_("Become a member"), to="members:apply"),
                Link(label=_("Groups"), to="groups:list"),
                Link(label=_("All events"), to="events:list"),
            ),
        ),
    ),
)
TEACHERS = Audience(
    title=_("For teachers and trainers"),
    door=_("What can I use in my lessons tomorrow?"),
    lede=_("Lessons and courses that you may use, forums of teachers, and study visits."),
    sections=(
        Section(
            title=_("Lessons of colleagues"),
            words=(_("Each says for which level it is, how long it takes and under which licence you may change it."),),
            shows="lessons",
            links=(
                Link(label=_("All lessons"), to="lessons:list"),
                Link(label=_("Share a lesson"), to="lessons:new"),
            ),
        ),
        Section(
            title=_("Practices on training for teachers"),
            shows="teacher_practices",
            links=(Link(label=_("All practices"), to="practices:list", query="theme=teachers"),),
        ),
        Section(
            title=_("Forums and study visits"),
            words=(_("Teacher forums on batteries took place in Sweden and in Portugal in 2024."),),
            sources=(Source(name=_REVIEW_2024),),
            shows="events",
            links=(
                Link(label=_("Forums of teachers"), to="events:list", query="kind=vet-forum&when=all"),
                Link(label=_("Study visits"), to="events:list", query="kind=study-visit&when=all"),
            ),
        ),
        Section(
            title=_("Skills with levels"),
            words=(_("Compare your curriculum with what jobs need: every skill says what each of its levels means."),),
            links=(Link(label=_("All skills"), to="skills:list"),),
        ),
    ),
)
SOCIAL_PARTNERS = Audience(
    title=_("For trade unions and employers' associations"),
    door=_("How do people get from one job to another?"),
    lede=_("What jobs need, which training is missing, and what others agreed on."),
    sections=(
        Section(
            title=_("From one job to another"),
            words=(
                _("For each job you see which other jobs are near it and what lies between."),
                _("A suggestion is advice. A person decides, sees why, and can object."),
            ),
            links=(Link(label=_("All jobs"), to="roles:list"),),
        ),
        Section(
            title=_("Training that is missing"),
            words=(_("What people looked for and found no course for, without naming anybody."),),
            links=(Link(label=_("Training that is wanted"), to="wanted:list"),),
        ),
        Section(
            title=_("What works elsewhere"),
            shows="transitions",
            links=(Link(label=_("All practices"), to="practices:list"),),
        ),
        Section(
            title=_("Workers' data"),
            words=(
                _("Answers and plans belong to the person. An employer sees them only where the person shares them."),
            ),
            links=(Link(label=_("How data are protected"), to="about:privacy"),),
        ),
    ),
)
POLICY_MAKERS = Audience(
    title=_("For policy makers"),
    door=_("What is known, and from where?"),
    lede=_("Figures to read, each with its source and the time it is for. Nothing here adds up what is not alike."),
    sections=(
        Section(
            title=_("What is on this platform"),
            words=(_("Counted now. Invented examples are not in these numbers."),),
            shows="own_figures",
            links=(Link(label=_("Training that is wanted"), to="wanted:list"),),
        ),
        Section(
            title=_("What the Pact for Skills published"),
            words=(
                _("The periods differ: some numbers count since the beginning, some two years, some one."),
                _("So the lines of one table must not be read as a series, and must not be added."),
            ),
            shows="published_figures",
            links=(Link(label=_("These figures as CSV"), to="interests:figures"),),
        ),
        Section(
            title=_("In the regions"),
            words=(_("Profiles of regions, with the source of each fact."),),
            links=(Link(label=_("All regions"), to="regions:list"), Link(label=_("Projects"), to="projects:list")),
        ),
        Section(
            title=_("What the alliance did"),
            links=(Link(label=_("Engagements by year"), to="engagements:list"), Link(label=_("News"), to="news:list")),
        ),
    ),
)
AUDIENCES: Mapping[str, Audience] = {
    "young-people": YOUNG_PEOPLE,
    "workers": WORKERS,
    "employers": EMPLOYERS,
    "teachers": TEACHERS,
    "social-partners": SOCIAL_PARTNERS,
    "policy-makers": POLICY_MAKERS,
}
