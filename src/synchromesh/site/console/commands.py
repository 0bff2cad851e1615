"""Every command and its arguments, in one place."""

from __future__ import annotations

import argparse
from typing import Any

from django.conf import settings

from synchromesh.catalogue.models import Mode
from synchromesh.search.registry import kinds
from synchromesh.site.console import (
    briefs,
    content,
    courses,
    credential_keys,
    credentials,
    esco,
    feed_sources,
    mail_reports,
    mapping,
    matching,
    matching_preparation,
    open_files,
    passports,
    pathing,
    questions,
    regions,
    run,
    skills,
    versions,
)

MATCHING_MODES = ("quality", "middle", "fast")


def add_commands(commands: Any) -> None:
    """Attach all commands to the parser."""
    _add_path(commands)
    _add_framework(commands)
    _add_skill(commands)
    _add_esco(commands)
    _add_catalogue(commands)
    _add_course(commands)
    _add_questions(commands)
    _add_credential(commands)
    _add_feed(commands)
    mail_reports.add_mail_commands(_group(commands, "mail", "mails and what mail servers say about them"))
    passports.add_passport_commands(_group(commands, "passport", "battery passports for practice"), add_json=_json)
    regions.add_region_commands(_group(commands, "regions", "regions of the alliance"), add_json=_json)
    _add_mapping(commands)
    _add_brief(commands)
    _add_data(commands)
    _add_search(commands)
    _add_match(commands)
    _add_matching(commands)
    _add_people(commands)
    _add_content(commands)
    _add_server(commands)


def _group(commands: Any, name: str, help_text: str) -> Any:
    group = commands.add_parser(name, help=help_text)
    return group.add_subparsers(dest=f"{name}_command", required=True, metavar="COMMAND", parser_class=type(group))


def _add_path(commands: Any) -> None:
    parser = commands.add_parser("path", help="the best training path from what somebody can do to a job role")
    parser.add_argument("--role", required=True, help="slug or uid of the job role")
    parser.add_argument(
        "--have",
        action="append",
        default=[],
        metavar="SKILL=LEVEL",
        help="a skill that the person has; may be repeated",
    )
    parser.add_argument("--hour-value", default="20", metavar="EUR", help="value of an hour of the person's time")
    parser.add_argument("--language", action="append", default=[], metavar="CODE", help="only courses in this language")
    parser.add_argument(
        "--mode", action="append", default=[], choices=list(Mode.values), help="only courses of this mode"
    )
    parser.add_argument("--use", action="append", default=[], metavar="COURSE", help="take this course")
    parser.add_argument("--without", action="append", default=[], metavar="COURSE", help="leave this course out")
    _json(parser)
    parser.set_defaults(run=pathing.path)


def _add_framework(commands: Any) -> None:
    group = _group(commands, "framework", "job roles, skills and levels")
    export = group.add_parser("export", help="the published version as data")
    export.add_argument(
        "--format",
        choices=("json", "csv", "xlsx", "document", "case", "turtle", "jsonld"),
        default="json",
        help="json: the answer for programs; csv: a zip of tables; xlsx: a workbook; document: complete JSON; "
        "case: CASE 1.1; turtle, jsonld: SKOS. All but json can be imported again.",
    )
    export.set_defaults(run=content.framework_export)
    for name, function, help_text in (
        ("preview", content.framework_preview, "what a file would change; writes nothing but the preview"),
        ("import", content.framework_import, "commit a file as a new published version"),
    ):
        parser = group.add_parser(name, help=help_text)
        parser.add_argument("file", help="a folder, a zip or one table (CSV, XLSX)")
        parser.add_argument("--source", default="framework", help="name of the series of files this one belongs to")
        parser.add_argument("--draft", action="store_true", help="continue the draft, or begin one; publishes nothing")
        _json(parser)
        parser.set_defaults(run=function)
    _add_undo(group, content.framework_undo)
    _add_versions(group)


def _add_versions(group: Any) -> None:
    listing = group.add_parser("versions", help="all versions, newest first")
    listing.set_defaults(run=versions.framework_versions)
    difference = group.add_parser("difference", help="what differs between two versions")
    difference.add_argument("older", type=int, help="number of the older version")
    difference.add_argument("newer", type=int, help="number of the newer version")
    difference.set_defaults(run=versions.framework_difference)
    request = group.add_parser("request", help="ask that the draft be published; somebody else then publishes it")
    request.add_argument("--withdraw", action="store_true", help="take the request back")
    request.set_defaults(run=versions.framework_request)
    publish = group.add_parser("publish", help="publish the draft and retire the version in force")
    publish.set_defaults(run=versions.framework_publish)
    for parser in (listing, difference, request, publish):
        _json(parser)


def _add_skill(commands: Any) -> None:
    group = _group(commands, "skill", "split and merge skills")
    merge = group.add_parser("merge", help="retire skills in favour of another one")
    merge.add_argument("skills", nargs="+", metavar="FROM", help="slug of a skill that is to retire")
    merge.add_argument("--into", required=True, metavar="SLUG", help="slug of the skill that takes their place")
    merge.set_defaults(run=skills.skill_merge)
    split = group.add_parser("split", help="retire a skill in favour of several others")
    split.add_argument("skill", metavar="SLUG", help="slug of the skill that is to retire")
    split.add_argument("--into", required=True, nargs="+", metavar="SLUG", help="slugs of two or more other skills")
    for name in ("role", "course"):
        words = f"what this {name} gets; may be repeated; default: all of them at the former level"
        split.add_argument(f"--{name}", action="append", default=[], metavar="SLUG:SKILL=LEVEL", help=words)
    words = "where this line of a skill card goes; may be repeated; default: to the first"
    split.add_argument("--unit", action="append", default=[], metavar="CODE=SKILL", help=words)
    split.set_defaults(run=skills.skill_split)
    for parser in (merge, split):
        parser.add_argument("--commit", action="store_true", help="write it; without this only a preview")
        _json(parser)
    _add_undo(group, skills.skill_undo)


def _add_esco(commands: Any) -> None:
    group = _group(commands, "esco", "the European classification of skills and occupations")
    load = group.add_parser("import", help="load a version from the official CSV packs")
    load.add_argument("paths", nargs="+", metavar="PATH", help="a zip as it was downloaded, a folder or a CSV file")
    load.add_argument(
        "--lang", action="append", default=[], metavar="CODE", help="only this language; may be repeated; default: all"
    )
    load.add_argument("--version-label", default="", metavar="LABEL", help="such as 1.1.1; default: from the names")
    load.set_defaults(run=esco.esco_import)
    listing = group.add_parser("list", help="the loaded versions")
    listing.set_defaults(run=esco.esco_list)
    for name, function, help_text in (
        ("activate", esco.esco_activate, "make a loaded version the one that pages show"),
        ("remove", esco.esco_remove, "take a version out"),
    ):
        parser = group.add_parser(name, help=help_text)
        parser.add_argument("label", help="such as 1.1.1")
        parser.set_defaults(run=function)
    difference = group.add_parser("difference", help="what is new, gone or renamed between two loaded versions")
    difference.add_argument("older", help="label of the older version")
    difference.add_argument("newer", help="label of the newer version")
    difference.set_defaults(run=esco.esco_difference)
    for parser in group.choices.values():
        _json(parser)


def _add_catalogue(commands: Any) -> None:
    group = _group(commands, "catalogue", "providers, courses and runs")
    export = group.add_parser("export", help="everything published as data")
    export.add_argument("--format", choices=("json", "csv"), default="json", help="json, or our feed template")
    export.set_defaults(run=content.catalogue_export)


def _add_course(commands: Any) -> None:
    group = _group(commands, "course", "the content of courses that are taken here")
    listing = group.add_parser("list", help="courses that can be taken here")
    listing.set_defaults(run=courses.course_list)
    export = group.add_parser("export", help="the newest version of a course as one file")
    export.add_argument("slug", help="slug of the course")
    export.add_argument("file", help="where to write the zip file")
    export.add_argument("--version", type=int, metavar="NUMBER", help="another version, or the draft")
    export.set_defaults(run=courses.course_export)
    load = group.add_parser(
        "import", help="bring a course file in: all of it or nothing; the same again changes nothing"
    )
    load.add_argument("file", help="a course folder, or a zip of one")
    what = load.add_mutually_exclusive_group()
    what.add_argument("--publish", action="store_true", help="publish it, so that new learners get it")
    what.add_argument("--draft", action="store_true", help="only as a draft (the default)")
    load.add_argument("--replace-draft", action="store_true", help="replace a draft that says something else")
    load.add_argument("--provider", default="", metavar="SLUG", help="who offers a course that is new here")
    load.set_defaults(run=courses.course_import)
    check = group.add_parser("check", help="what must be mended in a course file; writes nothing")
    check.add_argument("file", help="a course folder, or a zip of one")
    words = "do not ask whether the skills and fields that it names exist here"
    check.add_argument("--file-only", action="store_true", help=words)
    check.set_defaults(run=courses.course_check)
    sheet = group.add_parser("review", help="what is taught and tested where, how long it takes, what is unchecked")
    sheet.add_argument("course", help="a course folder, a zip of one, or the slug of a course that is here")
    sheet.set_defaults(run=courses.course_review)
    unchecked = group.add_parser(
        "unchecked", help="a page of the sources with which nobody has compared the text of the courses that ship"
    )
    unchecked.add_argument("folder", nargs="*", help="course folders; left out: those that ship")
    unchecked.set_defaults(run=courses.course_unchecked)
    for parser in group.choices.values():
        _json(parser)


def _add_questions(commands: Any) -> None:
    group = _group(commands, "questions", "the questions of a course, in and out")
    questions.add_question_commands(group, add_json=_json)


def _add_credential(commands: Any) -> None:
    group = _group(commands, "credential", "credentials: issue, check, withdraw; keys, issuers and the log")
    credentials.add_issuing_commands(group)
    credentials.add_status_commands(group)
    credentials.add_checking_commands(group)
    leaves = list(group.choices.values())
    for name, attach, help_text in (
        ("keys", credential_keys.add_key_commands, "the keys that sign"),
        ("issuer", credential_keys.add_issuer_commands, "who issues here, and which issuers of the world are known"),
        ("log", credential_keys.add_log_commands, "the transparency log"),
    ):
        inner = _group(group, name, help_text)
        attach(inner)
        leaves += inner.choices.values()
    for parser in leaves:
        words = "act as this person instead of as the operator"
        parser.add_argument("--as", dest="actor", metavar="EMAIL", default=argparse.SUPPRESS, help=words)
        _json(parser)


def _add_data(commands: Any) -> None:
    group = _group(commands, "data", "the files of open data")
    write = group.add_parser("write", help="write them now instead of in the night")
    _json(write)
    write.set_defaults(run=open_files.data_write)


def _add_feed(commands: Any) -> None:
    group = _group(commands, "feed", "courses from providers' files")
    for name, function, help_text in (
        ("preview", content.feed_preview, "what a file would change"),
        ("import", content.feed_import, "commit a file"),
    ):
        parser = group.add_parser(name, help=help_text)
        parser.add_argument("file", help="a file in any format that is read")
        parser.add_argument("--source", default="", help="name of the feed; default: the file's name")
        parser.add_argument("--origin", choices=("real", "starter", "example"), help="default: real")
        parser.add_argument(
            "--confirm-links", action="store_true", help="I have checked the skill links; else they are suggestions"
        )
        parser.add_argument(
            "--partial", action="store_true", help="only some courses of the source; none is marked as missing"
        )
        parser.add_argument("--language", default="", metavar="CODE", help="of texts that do not show their language")
        _json(parser)
        parser.set_defaults(run=function)
    _add_undo(group, content.feed_undo)
    listing = group.add_parser("list", help="the imports so far, newest first")
    _json(listing)
    listing.set_defaults(run=content.feed_list)
    feed_sources.add_source_commands(group, add_json=_json)


def _add_mapping(commands: Any) -> None:
    group = _group(commands, "mapping", "which skills courses teach")
    export = group.add_parser("export", help="what people decided about suggestions, to train matching with")
    words = "lines: one JSON object a line (the default); object: one that holds them all"
    export.add_argument("--json", nargs="?", choices=("lines", "object"), const="lines", default="lines", help=words)
    export.set_defaults(run=mapping.mapping_export)


def _add_brief(commands: Any) -> None:
    group = _group(commands, "brief", "training that people look for and no course gives")
    listing = group.add_parser("list", help="what is wanted, most wanted first, with small numbers")
    listing.add_argument("--months", type=int, choices=(1, 3, 6, 12, 24), default=12, help="the period; default: 12")
    listing.add_argument("--public", action="store_true", help="only what everybody sees, of 12 months")
    _json(listing)
    listing.set_defaults(run=briefs.brief_list)


def _add_undo(group: Any, function: Any) -> None:
    parser = group.add_parser("undo", help="put everything back as it was before an import")
    parser.add_argument("batch", nargs="?", help="uid of the import; default: the last committed one")
    _json(parser)
    parser.set_defaults(run=function)


def _add_search(commands: Any) -> None:
    parser = commands.add_parser("search", help="search roles, skills, courses and organisations")
    parser.add_argument("query", help="words to search for; the single word 'rebuild' rebuilds the index")
    parser.add_argument("--language", default="en", help="language of the titles shown")
    parser.add_argument(
        "--kind", action="append", default=[], choices=list(kinds()), help="only this kind; may be repeated"
    )
    parser.add_argument(
        "--filter", action="append", default=[], metavar="NAME=VALUE", help="only with this value; may be repeated"
    )
    parser.add_argument(
        "--order", default="", metavar="NUMBER", help="by a number such as price, or price:desc; default: best first"
    )
    parser.add_argument("--limit", type=int, default=20)
    _json(parser)
    parser.set_defaults(run=content.search)


def _add_match(commands: Any) -> None:
    parser = commands.add_parser("match", help="the skills or occupations that a text speaks of")
    parser.add_argument("file", nargs="?", default="-", help="a text, PDF, DOCX or ODT; default: standard input")
    parser.add_argument("--lines", action="store_true", help="one text a line; answers with one JSON line for each")
    _add_vocabulary(parser, vocabulary="framework", kind="skill")
    parser.add_argument("--lang", metavar="CODE", help="language of the texts; default: it is recognised")
    parser.add_argument("--top", type=int, default=10, metavar="N", help="how many matches of a text; default: 10")
    parser.add_argument("--mode", choices=MATCHING_MODES, help="how much is spent on a text; default: the setting")
    parser.add_argument("--json", action="store_true", help="JSON instead of a table for people")
    parser.set_defaults(run=matching.match)


def _add_matching(commands: Any) -> None:
    group = _group(commands, "matching", "make matching ready, and see what is there")
    prepare = group.add_parser("prepare", help="compute the vectors of the loaded vocabularies beforehand")
    _add_vocabulary(prepare, vocabulary=None, kind=None)
    prepare.add_argument("--mode", choices=MATCHING_MODES, help="only this mode; default: every mode that is set")
    prepare.set_defaults(run=matching_preparation.matching_prepare)
    status = group.add_parser("status", help="encoders, modes, vocabularies and prepared vectors")
    status.set_defaults(run=matching_preparation.matching_status)
    for parser in (prepare, status):
        _json(parser)


def _add_vocabulary(parser: argparse.ArgumentParser, *, vocabulary: str | None, kind: str | None) -> None:
    words = f"default: {vocabulary or 'every one that is loaded'}"
    parser.add_argument("--vocabulary", choices=("framework", "esco"), default=vocabulary, help=words)
    parser.add_argument("--kind", choices=("skill", "occupation"), default=kind, help=f"default: {kind or 'both'}")


def _add_people(commands: Any) -> None:
    group = _group(commands, "person", "export and deletion of everything about a person")
    create = group.add_parser("create", help="make an account and print its first password once")
    create.add_argument("email")
    create.add_argument("--name", default="")
    create.add_argument("--staff", action="store_true", help="alliance staff")
    _json(create)
    create.set_defaults(run=content.person_create)
    for name, function, help_text in (
        ("export", content.person_export, "everything stored about the person"),
        ("delete", content.person_delete, "delete the person; says what stays and why"),
    ):
        parser = group.add_parser(name, help=help_text)
        parser.add_argument("email", help="e-mail or sign-in name")
        _json(parser)
        parser.set_defaults(run=function)


def _add_content(commands: Any) -> None:
    starter = _group(commands, "starter", "the content that ships")
    starter.add_parser("load", help="load or refresh it").set_defaults(run=content.starter_load)
    demo = _group(commands, "demo", "invented content and accounts that show how things look")
    demo.add_parser("load", help="load example content").set_defaults(run=content.demo_load)
    demo.add_parser("remove", help="remove all example content").set_defaults(run=content.demo_remove)
    accounts = demo.add_parser("accounts", help="make the demo accounts and print their passwords once")
    accounts.add_argument("--renew", action="store_true", help="new passwords for all of them")
    accounts.set_defaults(run=content.demo_accounts)


def _add_server(commands: Any) -> None:
    parser = commands.add_parser("run", help="migrate, load content, start worker and server")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument(
        "--demo",
        action=argparse.BooleanOptionalAction,
        default=not settings.PRODUCTION,
        help="load example content and demo accounts on the first start; off in production",
    )
    parser.set_defaults(run=run.run_server)
    duties = commands.add_parser("duties", help="send periodic duties to the worker; part of run")
    duties.add_argument("--once", action="store_true", help="only those that are due now")
    duties.set_defaults(run=run.duties)
    doctor = commands.add_parser("doctor", help="check that this installation is sound")
    doctor.set_defaults(run=run.doctor)


def _json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="JSON answer (the default; kept for scripts)")
