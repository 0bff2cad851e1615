"""What an entry says that it is: a course, or something that is none, in the words of six languages.

A word that is not known says nothing. Where one word says course and another does not, it is a course.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

__all__ = ["names_a_course", "other_kind"]

_COURSE = (
    "course courses training trainings workshop workshops seminar seminars webinar webinars mooc moocs class classes "
    "programme programmes program programs lesson lessons tutorial tutorials apprenticeship internship module kurs "
    "kurse kursangebot lehrgang lehrgange schulung schulungen weiterbildung weiterbildungen fortbildung fortbildungen "
    "seminare lehrveranstaltung lehrveranstaltungen ausbildung studiengang onlinekurs vorlesung cours formation "
    "formations stage stages atelier ateliers seminaire seminaires curso formacion taller talleres seminario "
    "seminarios capacitacion corso corsi formazione laboratorio kurz kurzy skoleni kurzu dilna vzdelavani "
    "cursos "  # codespell:ignore cursos
    "learningopportunity educationaloccupationalprogram courseinstance elearning "
)
_COURSE_WORDS = frozenset(_COURSE.split())
# Each kind as it is told to a person, with the words that name it wherever they stand.
_OTHER_KINDS = {
    "an event": (
        "event events veranstaltung veranstaltungen termin evenement evenements evento eventos eventi "
        "termine "  # codespell:ignore termine
        "akce udalost udalosti calendar kalender "
    ),
    "a conference": (
        "conference conferences congress congresses congres symposium summit konferenz konferenzen kongress "
        "tagung tagungen fachtagung conferencia conferencias congreso conferenza conferenze congresso konference "
        "kongres sympozium "
    ),
    "a fair": (
        "fair fairs expo exhibition exhibitions messe messen ausstellung salon salons foire feria ferias fiera "
        "fiere mostra veletrh veletrhy vystava "
    ),
    "a meeting": (
        "meeting meetings sitzung sitzungen besprechung versammlung mitgliederversammlung stammtisch reunion "
        "reunions reuniones riunione riunioni assemblea schuze schuzka netzwerktreffen hauptversammlung "
    ),
    "a holiday": (
        "holiday holidays vacation feiertag feiertage ferien urlaub conges vacances vacaciones festivo ferie "
        "vacanze festivita svatek prazdniny birthday geburtstag "
    ),
    "news": (
        "news newsletter announcement announcements pressrelease article articles blog blogs post posts "
        "newsarticle blogposting neuigkeiten neuigkeit nachricht nachrichten aktuelles pressemitteilung "
        "pressemeldung meldung meldungen actualite actualites communique noticia noticias comunicado notizia "
        "notizie novita comunicato zprava zpravy novinky novinka aktuality "
    ),
    "a podcast episode": ("podcast podcasts podcastepisode episode episodes episodio episodios "),
    "a job": (
        "job jobs vacancy vacancies jobposting stellenangebot stellenangebote stellenanzeige offredemploi "
        "ofertadeempleo offertadilavoro "
    ),
}
# Words that name a kind only where a type is meant: a course may well be about software or simulation.
_KINDS_OF_TYPES = {
    "a video": ("video videos movingimage film films broadcast videoobject "),
    "a page": ("page pages webpage seite seiten pagina paginas website "),
    "a document": (
        "document documents image images picture photograph audio sound text narrativetext book bookchapter "
        "worksheet arbeitsblatt dataset software presentation slide slides diagram figure graph table exercise "
        "questionnaire exam assessment simulation experiment glossary encyclopedia map report thesis journal "
        "periodical stillimage creativework digitaldocument "
    ),
}
_KIND_OF = {word: kind for kind, words in _OTHER_KINDS.items() for word in words.split()}
_KIND_OF_TYPE = _KIND_OF | {word: kind for kind, words in _KINDS_OF_TYPES.items() for word in words.split()}
_WORD = re.compile(r"[a-z0-9]+")
_LONGEST = 100  # characters of a statement that are looked at


def other_kind(categories: Iterable[str], *, types: Iterable[str] = ()) -> str:
    """What the entry is if it is no course: "news", "a fair"; "" for a course, and where no word is known.

    A category says what an entry is about or what it is, a type only what it is; both are words, or an address such as
    "https://schema.org/Event". They count as a whole, so that "Event management" is a subject and "Events" a kind.
    """
    stated, subjects = tuple(types), tuple(categories)
    if names_a_course((*stated, *subjects)):
        return ""
    kinds = [_KIND_OF_TYPE.get(_joined(statement), "") for statement in stated]
    kinds += [_KIND_OF.get(_joined(statement), "") for statement in subjects]
    return next(filter(None, kinds), "")


def names_a_course(statements: Iterable[str]) -> bool:
    """Whether one of the statements says that this is a course: "Online course", "https://schema.org/Course".

    "Conference programme" and "Workshop news" do not.
    """
    for statement in statements:
        words = _words(statement)
        named = any(word in _COURSE_WORDS for word in words) or "".join(words) in _COURSE_WORDS
        if named and not any(word in _KIND_OF for word in words):
            return True
    return False


def _words(statement: str) -> list[str]:
    tail = re.split(r"[/#:]", statement.strip().rstrip("/"))[-1] if "://" in statement[:12] else statement
    return _WORD.findall(_plain(tail[:_LONGEST]))


def _joined(statement: str) -> str:
    return "".join(_words(statement))


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
