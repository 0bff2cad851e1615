"""Writing news: who may, what it must say, and that a correction is seen."""

from __future__ import annotations

import pytest
from tests.community.news_records import a_member, a_person_of, an_article
from tests.records import a_topic

from synchromesh.accounts.models import Organisation, User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.community.models import NewsArticle, NewsReaders
from synchromesh.community.operations.news import (
    ArticleContent,
    delete_article,
    edit_article,
    publish_article,
    withdraw_article,
    write_article,
)
from synchromesh.community.queries.news import get_article, list_drafts, list_news, read_news_filter
from synchromesh.engine.errors import Conflict, InvalidInput, NotAllowed, NotFound

pytestmark = pytest.mark.django_db
TEXTS = {"titles": {"en": " A  forum "}, "bodies": {"en": "Text\r\n\r\nmore"}}


def _content(**fields: object) -> ArticleContent:
    return ArticleContent(**(TEXTS | fields))  # type: ignore[arg-type]


def test_an_article_is_a_draft_with_an_address_from_its_english_title() -> None:
    topic = a_topic()
    made = write_article(by=OPERATOR, content=_content(titles={"de": "Ein Forum", "en": "A forum"}, topics=[topic]))
    again = write_article(by=OPERATOR, content=_content())
    assert (made.slug, again.slug, made.published_at) == ("a-forum", "a-forum-2", None)
    assert made.bodies == {"en": "Text\n\nmore"}
    assert list(made.topics.all()) == [topic]


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"titles": {}}, "titles"),
        ({"titles": {"en": "x" * 201}}, "titles"),
        ({"titles": {"xx": "Forum"}}, "titles"),
        ({"bodies": {"de": "Text"}}, "titles"),
        ({"source_url": "javascript:alert(1)"}, "source_url"),
    ],
)
def test_what_cannot_be_is_refused(fields: dict[str, object], wrong: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        write_article(by=OPERATOR, content=_content(**fields))
    assert refused.value.field == wrong


def test_editors_of_a_member_write_in_its_name_and_publish_nothing(person: User) -> None:
    member, stranger = a_member(), Organisation.objects.create(slug="no-member", name="No Member")
    editor = a_person_of(member)
    made = write_article(by=editor, content=_content(organisation=member))
    assert list(list_drafts(editor)) == [made]
    for who, organisation in ((editor, None), (person, member), (a_person_of(stranger), stranger)):
        with pytest.raises(NotAllowed):
            write_article(by=who, content=_content(organisation=organisation))
    with pytest.raises(NotAllowed):
        publish_article(by=editor, article=made)
    with pytest.raises(NotAllowed):
        edit_article(by=editor, article=made, content=_content())
    publish_article(by=OPERATOR, article=made)
    with pytest.raises(NotAllowed):
        edit_article(by=editor, article=made, content=_content(organisation=member))


def test_each_language_needs_title_and_text_before_it_is_published() -> None:
    made = write_article(by=OPERATOR, content=_content(titles={"en": "A forum", "de": "Ein Forum"}))
    with pytest.raises(InvalidInput):
        publish_article(by=OPERATOR, article=made)
    assert NewsArticle.objects.get().published_at is None


def test_published_words_change_only_with_a_note_that_stays() -> None:
    made = an_article()
    changed = _content(titles=made.titles, summaries=made.summaries, bodies={"en": "Other text"})
    with pytest.raises(InvalidInput) as refused:
        edit_article(by=OPERATOR, article=made, content=changed)
    assert refused.value.field == "correction"
    edit_article(by=OPERATOR, article=made, content=changed, correction={"en": "The day was wrong."})
    assert [one.notes for one in made.corrections.all()] == [{"en": "The day was wrong."}]
    assert NewsArticle.objects.get().bodies == {"en": "Other text"}


def test_a_further_language_needs_no_note() -> None:
    made = an_article()
    more = _content(
        titles=made.titles | {"de": "Ein Forum"}, summaries=made.summaries, bodies=made.bodies | {"de": "Text"}
    )
    edit_article(by=OPERATOR, article=made, content=more)
    assert not made.corrections.exists()
    assert NewsArticle.objects.get().titles["de"] == "Ein Forum"


def test_saving_the_same_words_again_is_no_change_for_readers_of_feeds() -> None:
    made = an_article()
    same = _content(titles=made.titles, summaries=made.summaries, bodies=made.bodies)
    edit_article(by=OPERATOR, article=made, content=same)
    assert NewsArticle.objects.get().edited_at is None


def test_what_is_withdrawn_is_there_for_its_writers_only() -> None:
    member = a_member()
    editor, made = a_person_of(member), an_article(organisation=member)
    with pytest.raises(Conflict):
        delete_article(by=OPERATOR, article=made)
    withdraw_article(by=OPERATOR, article=made)
    with pytest.raises(NotFound):
        get_article(made.slug, visible_to=a_person_of(a_member("other")))
    assert get_article(made.slug, visible_to=editor) == made
    with pytest.raises(Conflict):
        withdraw_article(by=OPERATOR, article=made)
    delete_article(by=editor, article=made)
    assert not NewsArticle.objects.exists()


def test_nothing_is_published_twice() -> None:
    made = an_article()
    with pytest.raises(Conflict):
        publish_article(by=OPERATOR, article=made)


def test_what_is_for_members_is_in_no_list_of_others(person: User) -> None:
    an_article("public-one")
    hidden = an_article("hidden-one", visibility=NewsReaders.MEMBERS)
    nothing = read_news_filter({})
    assert [one.slug for one in list_news(nothing, visible_to=person)] == ["public-one"]
    with pytest.raises(NotFound):
        get_article(hidden.slug, visible_to=person)
    insider = a_person_of(a_member(), "member")
    assert {one.slug for one in list_news(nothing, visible_to=insider)} == {"public-one", "hidden-one"}
