"""The content package of QTI: `imsmanifest.xml` names the items, their files, and what is known about them.

Sources: IMS Content Packaging 1.2 as QTI 3.0 uses it (https://www.imsglobal.org/spec/qti/v3p0/impl, packaging) and
IEEE 1484.12.1 LOM for what an item teaches and rests on.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from synchromesh.engine.errors import InvalidInput, Problem
from synchromesh.engine.exchange.questions._qti_paths import path_of
from synchromesh.engine.exchange.questions._qti_tree import Node, parse_xml, xml_text
from synchromesh.engine.vocabulary.questions import Question
from synchromesh.engine.vocabulary.slugs import is_slug

MANIFEST = "imsmanifest.xml"
_NAMESPACE = "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1"
_LOM = "http://ltsc.ieee.org/xsd/LOM"
_SCHEMA = (
    f"{_NAMESPACE} https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqtiv3p0_imscpv1p2_v1p0.xsd "
    f"{_LOM} https://purl.imsglobal.org/spec/md/v1p3/schema/xsd/imsmd_loose_v1p3p2.xsd"
)
_ITEM, _ITEM_2 = "imsqti_item_xmlv3p0", "imsqti_item_xmlv2p"
_SIGN, _SIGN_2 = b"qti-assessment-item", b"<assessmentItem"
_HEAD = 20_000
_COMPETENCY, _SKILL_LEVEL, _BASED_ON = "competency", "skill level", "isbasedon"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedItem:
    """An item of a package with what the manifest says about it."""

    path: str
    skill: str = ""
    level: int | None = None
    sources: tuple[str, ...] = ()


@dataclass(slots=True, kw_only=True)
class Package:
    """What a manifest lists."""

    items: list[ListedItem] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def looks_like_items(files: Mapping[str, bytes]) -> bool:
    """Whether there is an item of QTI among the files, or a manifest of a QTI package."""
    return any(
        name.lower().endswith(".xml") and (_SIGN in data[:_HEAD] or _SIGN_2 in data[:_HEAD] or _is_manifest(name, data))
        for name, data in files.items()
    )


def list_items(files: Mapping[str, bytes]) -> Package:
    """The items that the manifests list; without a usable manifest every XML file that holds an item."""
    manifests = [name for name in sorted(files) if posixpath.basename(name) == MANIFEST]
    package = Package()
    for name in manifests:
        _read_manifest(name, files, package)
    if not package.items and not any(problem.field == "type" for problem in package.problems):
        found = (name for name in sorted(files) if name.lower().endswith(".xml") and name not in manifests)
        package.items += [ListedItem(path=name) for name in found if _holds_item(files[name])]
    return package


def manifest_of(questions: Sequence[tuple[Question, str, Iterable[str]]], *, language: str) -> bytes:
    """The manifest of questions, each with the path of its item and those of its pictures."""
    manifest = Node(
        "manifest",
        {
            "xmlns": _NAMESPACE,
            "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
            "xsi:schemaLocation": _SCHEMA,
            "identifier": "questions",
        },
    )
    about: list[Node | str] = [Node("schema", {}, ["QTI Package"]), Node("schemaversion", {}, ["3.0.0"])]
    resources: list[Node | str] = [
        _resource(question, path, pictures, language=language) for question, path, pictures in questions
    ]
    manifest.children = [
        Node("metadata", {}, about),
        Node("organizations"),
        Node("resources", {}, resources),
    ]
    return ('<?xml version="1.0" encoding="UTF-8"?>\n' + xml_text(manifest) + "\n").encode()


def _is_manifest(name: str, data: bytes) -> bool:
    return posixpath.basename(name) == MANIFEST and b"imsqti_" in data[:_HEAD]


def _holds_item(data: bytes) -> bool:
    return _SIGN in data[:_HEAD] or _SIGN_2 in data[:_HEAD]


def _read_manifest(name: str, files: Mapping[str, bytes], package: Package) -> None:
    def report(about: str, message: str) -> None:
        package.problems.append(Problem(position=name, field=about, message=message))

    try:
        manifest = parse_xml(files[name], name=name)
    except InvalidInput as error:
        report("", f"{error.message} Every item among the files is read instead.")
        return
    for resource in manifest.walk():
        kind, address = resource.get("type"), resource.get("href")
        if resource.name != "resource" or not kind.startswith((_ITEM, _ITEM_2)):
            continue
        path = path_of(address, file=name)
        if kind.startswith(_ITEM_2):
            report("type", f"'{address[:80]}' is an item of QTI 2, and only QTI 3.0 is read. Export it as QTI 3.0.")
        elif path not in files:
            report("href", f"The item '{address[:80]}' is not among the files.")
        elif path not in (listed.path for listed in package.items):
            package.items.append(_listed(resource, path))


def _listed(resource: Node, path: str) -> ListedItem:
    skill, level, sources = "", None, []
    for node in resource.walk():
        if node.name == "classification":
            taxon = _text_of(node, "taxon", "id")
            if _text_of(node, "purpose", "value") == _COMPETENCY and is_slug(taxon):
                skill = taxon
            elif _text_of(node, "purpose", "value") == _SKILL_LEVEL and taxon in ("1", "2", "3"):
                level = int(taxon)
        elif node.name == "relation" and _text_of(node, "kind", "value") == _BASED_ON:
            sources.append(_text_of(node, "description", "string"))
    return ListedItem(path=path, skill=skill, level=level, sources=tuple(filter(None, sources)))


def _text_of(node: Node, *names: str) -> str:
    """The text of the first element that is reached by these names, with anything in between."""
    for name in names:
        found = next(_inside(node, name), None)
        if found is None:
            return ""
        node = found
    return node.text()


def _inside(node: Node, name: str) -> Iterator[Node]:
    return (inside for inside in node.walk() if inside.name == name)


def _resource(question: Question, path: str, pictures: Iterable[str], *, language: str) -> Node:
    identifier = posixpath.basename(path).removesuffix(".xml")
    resource = Node("resource", {"identifier": f"item-{identifier}", "type": _ITEM, "href": path})
    about = _about(question, language=language)
    if about:
        resource.children.append(Node("metadata", {}, [Node("lom", {"xmlns": _LOM}, about)]))
    resource.children += [Node("file", {"href": name}) for name in (path, *pictures)]
    return resource


def _about(question: Question, *, language: str) -> list[Node | str]:
    """The order is that of LOM: relations stand before classifications."""
    about: list[Node | str] = [_relation(source, language=language) for source in question.sources]
    if question.skill:
        about.append(_classification(_COMPETENCY, question.skill))
    if question.level is not None:
        about.append(_classification(_SKILL_LEVEL, str(question.level)))
    return about


def _word(name: str, value: str) -> Node:
    return Node(name, {}, [Node("source", {}, ["LOMv1.0"]), Node("value", {}, [value])])


def _relation(source: str, *, language: str) -> Node:
    text = Node("description", {}, [Node("string", {"language": language}, [source])])
    return Node("relation", {}, [_word("kind", _BASED_ON), Node("resource", {}, [text])])


def _classification(purpose: str, taxon: str) -> Node:
    origin = Node("source", {}, [Node("string", {"language": "en"}, ["Synchromesh"])])
    path = Node("taxonPath", {}, [origin, Node("taxon", {}, [Node("id", {}, [taxon])])])
    return Node("classification", {}, [_word("purpose", purpose), path])
