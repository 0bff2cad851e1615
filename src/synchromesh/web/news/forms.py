"""The form for an article: its texts in one language, and what holds for all languages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from synchromesh.accounts.models import Organisation
from synchromesh.community.models import NewsArticle, NewsReaders
from synchromesh.community.operations.news import ArticleContent
from synchromesh.engine.vocabulary.languages import OWN_NAMES
from synchromesh.framework.models import Topic
from synchromesh.places.models import Region
from synchromesh.plumbing.translated_text import in_language

READER_NAMES = {
    NewsReaders.PUBLIC.value: _("Everybody"),
    NewsReaders.MEMBERS.value: _("Only people of members"),
}


class TopicChoices(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # not generic when it runs
    """A choice of fields by their title in the reader's language."""

    def label_from_instance(self, obj: Any) -> str:
        """Its title."""
        return in_language(obj.titles, get_language() or "en").text


class RegionCodes(forms.CharField):
    """NUTS codes with commas between them; gives regions."""

    def clean(self, value: Any) -> list[Region]:
        """The regions of the codes."""
        codes = {code.strip().upper() for code in str(super().clean(value) or "").replace(";", ",").split(",")} - {""}
        found = list(Region.objects.filter(code__in=codes).order_by("code"))
        if unknown := codes - {region.code for region in found}:
            raise forms.ValidationError(
                _("No region is known by this code: %(codes)s"), params={"codes": ", ".join(sorted(unknown))}
            )
        return found


class ArticleForm(forms.Form):
    """One language of an article, `texts_in`; the texts in other languages stay as they are."""

    title = forms.CharField(label=_("Title"), max_length=200)
    summary = forms.CharField(
        label=_("In one or two sentences"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=500,
        required=False,
    )
    body = forms.CharField(
        label=_("Text"),
        help_text=_("Markdown: ## for a heading, - for a list, [words](address) for a link. No pictures, no HTML."),
        widget=forms.Textarea(attrs={"rows": 14}),
        max_length=50_000,
        required=False,
    )
    organisation = forms.ModelChoiceField(
        label=_("In the name of"), queryset=Organisation.objects.none(), required=False, empty_label=_("The alliance")
    )
    topics = TopicChoices(
        label=_("Fields"), queryset=Topic.objects.none(), widget=forms.CheckboxSelectMultiple, required=False
    )
    regions = RegionCodes(
        label=_("Regions"), help_text=_("NUTS codes with commas, such as DE11, SK021."), max_length=300, required=False
    )
    visibility = forms.ChoiceField(label=_("Who reads it"), choices=list(READER_NAMES.items()))
    source_url = forms.URLField(
        label=_("Where the facts come from"), max_length=1000, required=False, assume_scheme="https"
    )
    correction = forms.CharField(
        label=_("What was wrong before"),
        help_text=_("Shown with the article for good. A further language needs no note."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=500,
        required=False,
    )

    def __init__(
        self,
        data: Any = None,
        *,
        article: NewsArticle | None,
        texts_in: str,
        organisations: Sequence[Organisation],
        for_alliance: bool,
    ) -> None:
        super().__init__(data, initial=_initial(article, texts_in) if article else None)
        self.article, self.texts_in = article, texts_in
        kept = [article.organisation_id] if article and article.organisation_id else []
        own = Organisation.objects.filter(pk__in=[*(one.pk for one in organisations), *kept]).order_by("name", "pk")
        chosen = cast("forms.ModelChoiceField[Organisation]", self.fields["organisation"])
        chosen.queryset, chosen.required = own, not for_alliance
        cast("forms.ModelMultipleChoiceField[Topic]", self.fields["topics"]).queryset = Topic.objects.order_by("slug")
        if article is None or article.published_at is None:
            del self.fields["correction"]

    def content(self) -> ArticleContent:
        """What was entered, with the texts in other languages as they were."""
        entered = self.cleaned_data
        return ArticleContent(
            titles=self._texts("titles", entered["title"]),
            summaries=self._texts("summaries", entered["summary"]),
            bodies=self._texts("bodies", entered["body"]),
            organisation=entered["organisation"],
            topics=tuple(entered["topics"]),
            regions=tuple(entered["regions"]),
            visibility=NewsReaders(entered["visibility"]),
            source=self.article.source if self.article else "",
            source_url=entered["source_url"],
        )

    def correction_notes(self) -> dict[str, str]:
        """The note about what was wrong, in the language of the texts."""
        note = self.cleaned_data.get("correction", "")
        return {self.texts_in: note} if note else {}

    def _texts(self, name: str, text: str) -> dict[str, str]:
        before = getattr(self.article, name) if self.article else {}
        return {code: words for code, words in before.items() if code in OWN_NAMES} | {self.texts_in: text}


def _initial(article: NewsArticle, texts_in: str) -> dict[str, Any]:
    return {
        "title": article.titles.get(texts_in, ""),
        "summary": article.summaries.get(texts_in, ""),
        "body": article.bodies.get(texts_in, ""),
        "organisation": article.organisation_id,
        "topics": [topic.pk for topic in article.topics.all()],
        "regions": ", ".join(region.code for region in article.regions.all()),
        "visibility": article.visibility,
        "source_url": article.source_url,
    }
