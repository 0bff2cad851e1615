"""Forms made from a description of a document: each field of the document becomes one field, or one for each language.

The contents of units, their blocks and questions are documents (JSON). A `FieldSpec` says what stands under one name;
`DocumentForm` shows what is stored and gives the document back. Texts in languages that are not shown stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from synchromesh.web.templatetags.synchromesh import language_name

BY_LANGUAGE = frozenset({"texts", "line", "forms"})
MOST_CHARACTERS = 40_000
MOST_ROWS = 200
EMPTY_ROWS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSpec:
    """What stands under `name` in a document, and how an author fills it in.

    `look`: texts (Markdown, by language), line (one line, by language), forms (lists by language, one on each line),
    files (a file by language), word, words (one on each line), truth, whole (number), number, choice, file, key.
    """

    name: str
    label: Any
    look: str
    hint: Any = ""
    choices: Sequence[tuple[str, Any]] = ()
    endings: Sequence[str] = ()
    rows: int = 3
    is_needed: bool = False
    needed_with: str = ""
    """The name of another field: where that one is filled in, this one must be too."""
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What forms of one course have in common: languages on the page, all languages of the version, its files."""

    shown: Sequence[str]
    languages: Sequence[str]
    media: Sequence[str] = field(default_factory=tuple)


class DocumentForm(forms.Form):
    """The fields of one object of a document."""

    def __init__(
        self,
        data: Any = None,
        *,
        specs: Sequence[FieldSpec],
        stored: Mapping[str, Any],
        setting: Setting,
        prefix: str = "",
    ) -> None:
        super().__init__(data, prefix=prefix or None)
        self.specs, self.stored, self.setting = specs, stored, setting
        for spec in specs:
            for name, made in _fields(spec, stored.get(spec.name), setting):
                self.fields[name] = made

    def clean(self) -> dict[str, Any]:
        """What is needed beside something else, such as words beside a picture."""
        entered = super().clean() or self.cleaned_data
        for spec in self.specs:
            if not (spec.needed_with and entered.get(spec.needed_with)):
                continue
            for name in names_of(spec, self.setting)[:1]:
                if not entered.get(name) and name not in self.errors:
                    self.add_error(name, gettext("This is needed. Whoever cannot see it gets these words."))
        return entered

    def document(self) -> dict[str, Any]:
        """What was entered, with the texts in other languages that were there; empty values are left out."""
        found = {spec.name: _value(spec, self) for spec in self.specs}
        return {name: value for name, value in found.items() if value not in (None, "", [], {})}

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed, so that a row of it is none."""
        looks = {"texts", "line", "forms", "word", "words"}
        typed = [spec.name for spec in self.specs if spec.look in looks]
        return not any(name in typed for name in self.document())

    def put_error(self, name: str, message: str, language: str = "") -> bool:
        """Say what is wrong at the field of that name; False where the form has none."""
        spec = next((spec for spec in self.specs if spec.name == name), None)
        if spec is None or spec.look == "key":
            return False
        names = names_of(spec, self.setting)
        at = f"{name}-{language}" if f"{name}-{language}" in names else names[0]
        self.add_error(at, message)
        return True


def names_of(spec: FieldSpec, setting: Setting) -> list[str]:
    """The names of the form's fields for one field of the document."""
    if spec.look in BY_LANGUAGE:
        return [f"{spec.name}-{language}" for language in setting.shown]
    if spec.look == "files":
        return [f"{spec.name}-{language}" for language in setting.languages]
    return [spec.name]


def row_forms(
    data: Any,
    *,
    specs: Sequence[FieldSpec],
    stored: Sequence[Any],
    setting: Setting,
    prefix: str,
    empty: int = EMPTY_ROWS,
) -> list[DocumentForm]:
    """A form for each row that is there and some empty ones; of what was sent, as many as were sent."""
    known = [row if isinstance(row, Mapping) else {} for row in stored]
    count = len(known) + empty if data is None else _sent_rows(data, prefix)
    rows = [*known, *({} for _ in range(count))][:count]
    return [
        DocumentForm(data, specs=specs, stored=row, setting=setting, prefix=f"{prefix}-{number}")
        for number, row in enumerate(rows)
    ]


def filled(rows: Sequence[DocumentForm]) -> list[DocumentForm]:
    """The rows in which somebody typed something."""
    return [row for row in rows if not row.is_blank]


def _sent_rows(data: Any, prefix: str) -> int:
    said = str(data.get(f"{prefix}-rows", ""))
    return min(int(said), MOST_ROWS) if said.isascii() and said.isdigit() else 0


def _fields(spec: FieldSpec, value: Any, setting: Setting) -> list[tuple[str, forms.Field]]:
    if spec.look in BY_LANGUAGE or spec.look == "files":
        languages = setting.shown if spec.look in BY_LANGUAGE else setting.languages
        texts = value if isinstance(value, Mapping) else {}
        several = len(languages) > 1
        return [
            (f"{spec.name}-{code}", _one_language(spec, code, texts.get(code), setting, several=several))
            for code in languages
        ]
    return [(spec.name, _MAKERS[spec.look](spec, value, setting))]


def _one_language(spec: FieldSpec, code: str, value: Any, setting: Setting, *, several: bool) -> forms.Field:
    label = f"{spec.label} ({language_name(code)})" if several else spec.label
    if spec.look == "files":
        return _select(spec, _with_unknown(_media_choices(spec, setting), value), value, label=label)
    attributes: dict[str, Any] = {"lang": code}
    if spec.look == "line":
        widget: forms.Widget = forms.TextInput(attrs=attributes)
    else:
        widget = forms.Textarea(attrs=attributes | {"rows": spec.rows})
    initial = "\n".join(map(str, value)) if isinstance(value, list | tuple) else value
    needed = spec.is_needed and code == setting.shown[0]
    return forms.CharField(
        label=label,
        initial=initial,
        help_text=spec.hint,
        required=needed,
        max_length=300 if spec.look == "line" else MOST_CHARACTERS,
        widget=widget,
    )


def _word(spec: FieldSpec, value: Any, setting: Setting) -> forms.Field:
    return forms.CharField(
        label=spec.label, initial=value, help_text=spec.hint, required=spec.is_needed, max_length=1000
    )


def _words(spec: FieldSpec, value: Any, setting: Setting) -> forms.Field:
    lines = "\n".join(map(str, value)) if isinstance(value, list | tuple) else value
    widget = forms.Textarea(attrs={"rows": spec.rows})
    return forms.CharField(
        label=spec.label, initial=lines, help_text=spec.hint, required=spec.is_needed, max_length=20_000, widget=widget
    )


def _truth(spec: FieldSpec, value: Any, setting: Setting) -> forms.Field:
    return forms.BooleanField(label=spec.label, initial=value is True, help_text=spec.hint, required=False)


def _whole(spec: FieldSpec, value: Any, setting: Setting) -> forms.Field:
    return forms.IntegerField(
        label=spec.label,
        initial=value,
        help_text=spec.hint,
        required=spec.is_needed,
        min_value=spec.least,
        max_value=spec.most,
    )


def _number(spec: FieldSpec, value: Any, setting: Setting) -> forms.Field:
    return forms.DecimalField(
        label=spec.label,
        initial=value,
        help_text=spec.hint,
        required=spec.is_needed,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )


def _choice(spec: FieldSpec, value: Any, setting: Setting) -> forms.Field:
    shown = value if isinstance(value, str) or value is None else str(value).lower()
    return _select(spec, list(spec.choices), shown, label=spec.label)


def _file(spec: FieldSpec, value: Any, setting: Setting) -> forms.Field:
    return _select(spec, _with_unknown(_media_choices(spec, setting), value), value, label=spec.label)


def _key(spec: FieldSpec, value: Any, setting: Setting) -> forms.Field:
    return forms.CharField(required=False, initial=value, max_length=80, widget=forms.HiddenInput)


def _select(spec: FieldSpec, choices: list[tuple[str, Any]], value: Any, *, label: Any) -> forms.Field:
    return forms.ChoiceField(label=label, initial=value, help_text=spec.hint, required=spec.is_needed, choices=choices)


def _media_choices(spec: FieldSpec, setting: Setting) -> list[tuple[str, Any]]:
    names = [name for name in setting.media if not spec.endings or name.rpartition(".")[2] in spec.endings]
    return [("", gettext_lazy("Choose a file")), *((name, name) for name in sorted(names))]


def _with_unknown(choices: list[tuple[str, Any]], value: Any) -> list[tuple[str, Any]]:
    """A file that is not there any more stays chosen, so that saving something else does not lose it."""
    if isinstance(value, str) and value and value not in dict(choices):
        return [*choices, (value, gettext("%(name)s (missing)") % {"name": value})]
    return choices


def _value(spec: FieldSpec, form: DocumentForm) -> Any:
    stored = form.stored.get(spec.name)
    entered = form.cleaned_data
    if spec.look in BY_LANGUAGE or spec.look == "files":
        before = stored if isinstance(stored, Mapping) else {}
        names = names_of(spec, form.setting)
        typed = {name.removeprefix(f"{spec.name}-"): _lines(spec, entered.get(name)) for name in names}
        return {code: said for code, said in {**before, **typed}.items() if said}
    value = entered.get(spec.name)
    if spec.look == "words":
        return _lines(spec, value)
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    return value


def _lines(spec: FieldSpec, value: Any) -> Any:
    if spec.look in {"forms", "words"}:
        return [line.strip() for line in str(value or "").splitlines() if line.strip()]
    return str(value or "").replace("\r\n", "\n").strip()


_MAKERS: Mapping[str, Callable[[FieldSpec, Any, Setting], forms.Field]] = {
    "word": _word,
    "words": _words,
    "truth": _truth,
    "whole": _whole,
    "number": _number,
    "choice": _choice,
    "file": _file,
    "key": _key,
}
