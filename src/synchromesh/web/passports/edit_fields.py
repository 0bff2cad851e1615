"""The fields of a category as the editor shows them: inputs, help, what was found, and what somebody else saved."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext

from synchromesh.engine.passport_models.checks.completeness import MAY_BE_EMPTY
from synchromesh.engine.passport_models.model import BatteryKind, Column, Field, Update, ValueType
from synchromesh.engine.passport_models.passport import FieldValue
from synchromesh.passports.queries.views import FieldView
from synchromesh.web.passports.edit_inputs import BLANK_ROWS, MOST_ROWS, Inputs, can_be_edited, inputs_of
from synchromesh.web.passports.passport_words import choice_name, table_text
from synchromesh.web.passports.shown_findings import ShownFinding, show_findings
from synchromesh.web.passports.shown_values import ShownField, show_field

_MODES = {
    ValueType.NUMBER: "decimal",
    ValueType.INTEGER: "numeric",
    ValueType.ADDRESS: "url",
    ValueType.IDENTIFIER: "url",
    ValueType.EMAIL: "email",
}
_LISTED = (ValueType.CHOICE, ValueType.BOOLEAN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One control: a select where it has `options` (value, words), a text area where `lines`, a text field else."""

    name: str
    label: str
    value: str
    mode: str = "text"
    options: tuple[tuple[str, str], ...] = ()
    lines: bool = False
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditField:
    """A field with its inputs. `theirs` is what somebody else saved in the meantime, shown beside."""

    shown: ShownField
    key: str
    is_editable: bool
    single: Input | None
    rows: tuple[tuple[Input, ...], ...]
    unit: Input | None
    day: Input | None
    may_be_none: bool
    none: bool
    findings: tuple[ShownFinding, ...]
    theirs: ShownField | None = None
    has_error: bool = False


def edit_field(view: FieldView, kind: BatteryKind, *, posted: Inputs | None = None, differs: bool = False) -> EditField:
    """A field of the editor, with what the passport states or with what somebody just sent.

    `differs` says that the passport states something else than when the form was filled in.
    """
    field, stated = view.field, view.stated
    words = show_field(field, kind, stated)
    inputs = posted or inputs_of(field, stated)
    is_table = field.type is ValueType.RECORDS
    findings = show_findings(view.findings) if posted is None else ()
    return EditField(
        shown=words,
        key=field.key,
        is_editable=can_be_edited(field, stated),
        single=None if is_table else _single(field, inputs.text),
        rows=_rows(field, inputs) if is_table else (),
        unit=_unit(field, inputs),
        day=_day(field, inputs, stated),
        may_be_none=field.key in MAY_BE_EMPTY,
        none=inputs.none and not inputs.rows and not inputs.text,
        findings=findings,
        theirs=words if differs else None,
        has_error=any(found.tone == "bad" for found in findings),
    )


def _single(field: Field, text: str) -> Input:
    return Input(
        name=f"value.{field.key}",
        label=table_text(field.title),
        value=text,
        mode=_MODES.get(field.type, "text"),
        options=_options(field.type, field.allowed, text),
        lines=field.type is ValueType.TEXTS,
        hint=_hint(field),
    )


def _options(kind: ValueType, allowed: tuple[str, ...], text: str) -> tuple[tuple[str, str], ...]:
    """The choices with the empty one; a value that is none of them stays choosable, so that it is not lost."""
    if kind not in _LISTED:
        return ()
    listed = (
        [("yes", gettext("yes")), ("no", gettext("no"))]
        if kind is ValueType.BOOLEAN
        else [(code, choice_name(code)) for code in allowed]
    )
    known = {code for code, _ in listed}
    other = [(text, text)] if text and text not in known else []
    return ("", "–"), *listed, *other


def _hint(field: Field) -> str:
    if field.type is ValueType.TEXTS:
        return gettext("One on each line, of: %(words)s.") % {"words": ", ".join(field.allowed)}
    if field.type is ValueType.DATE:
        return gettext("A day such as 2027-02-18.")
    return ""


def _unit(field: Field, inputs: Inputs) -> Input | None:
    if not field.unit:
        return None
    return Input(name=f"unit.{field.key}", label=gettext("Unit"), value=inputs.unit or field.unit)


def _day(field: Field, inputs: Inputs, stated: FieldValue | None) -> Input | None:
    if field.update is not Update.DYNAMIC:
        return None
    value = inputs.at or (stated.at if stated is not None and not inputs.text and not inputs.rows else "")
    return Input(name=f"at.{field.key}", label=gettext("As of"), value=value, hint=gettext("A day such as 2027-02-18."))


def _rows(field: Field, inputs: Inputs) -> tuple[tuple[Input, ...], ...]:
    """The rows that are there, and empty ones for more."""
    blank = tuple("" for _ in field.columns)
    more = max(0, min(BLANK_ROWS, MOST_ROWS - len(inputs.rows)))
    rows = [*inputs.rows, *(blank for _ in range(more))]
    return tuple(
        tuple(_cell(field, column, number, text) for column, text in zip(field.columns, row, strict=True))
        for number, row in enumerate(rows)
    )


def _cell(field: Field, column: Column, number: int, text: str) -> Input:
    label = table_text(column.title)
    return Input(
        name=f"row.{field.key}.{number}.{column.name}",
        label=f"{label} ({column.unit})" if column.unit else label,
        value=text,
        mode=_MODES.get(column.type, "text"),
        options=_options(column.type, column.allowed, text),
    )
