"""Phrases that say nothing, by language: they sell, they swell, or they stand in any text about anything."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence


def _phrases(*patterns: str) -> Sequence[re.Pattern[str]]:
    return tuple(re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE) for pattern in patterns)


STOCK_PHRASES: Mapping[str, Sequence[re.Pattern[str]]] = {
    "en": _phrases(
        r"in today[’']s (?:\w+[- ]){0,3}(?:world|landscape|age|era|environment)",
        r"it(?: is|[’']s) (?:important|worth|crucial|essential) (?:to note|noting|to remember|to understand)",
        r"delv(?:e|es|ed|ing)",
        r"crucial(?:ly)?",
        r"pivotal",
        r"journeys?",
        r"unlock(?:s|ing)? (?:the|your|new|its|their|full) (?:\w+ )?(?:potential|power|value|possibilit\w+|future)",
        r"game[- ]chang(?:er|ers|ing)",
        r"plays? an? (?:\w+ )?(?:vital|key|important|central|significant|essential) role",
        r"seamless(?:ly)?",
        r"cutting[- ]edge",
        r"ever[- ](?:evolving|changing|growing|increasing)",
        r"fast[- ]paced",
        r"embark(?:s|ed|ing)?",
        r"tapestry",
        r"a testament to",
        r"at the end of the day",
        r"last but not least",
        r"first and foremost",
        r"needless to say",
        r"it goes without saying",
        r"in a nutshell",
        r"in conclusion",
        r"look no further",
        r"deep dive|dives? deep(?:er)?|dive into",
        r"paramount",
        r"revolutioni[sz]\w+",
        r"world[- ]class|best[- ]in[- ]class",
        r"empower(?:s|ed|ing|ment)?",
        r"harness(?:es|ing)? the (?:power|potential)",
        r"(?:a )?(?:plethora|myriad) of",
        r"the realm of",
        r"take (?:\w+ )+to the next level",
        r"navigat(?:e|es|ing) the complexit\w+",
    ),
    "de": _phrases(
        r"in der heutigen (?:\w+ )?(?:Welt|Zeit)",
        r"es ist wichtig,? (?:zu beachten|zu verstehen|zu wissen)",
        r"von entscheidender Bedeutung",
        r"spiel(?:t|en) eine (?:entscheidende|zentrale|wichtige|wesentliche|Schlüssel)\w* ?(?:Rolle|rolle)",
        r"Schlüsselrolle",
        r"nahtlos(?:e[rnms]?)?",
        r"bahnbrechend\w*",
        r"ganzheitlich\w*",
        r"tauchen Sie ein|eintauchen in",
        r"Game[- ]?Changer",
        r"maßgeschneidert\w*",
        r"auf (?:das|ein neues|die) nächste (?:Level|Stufe)",
        r"revolutionier\w*",
        r"schnelllebig\w*",
        r"nicht zuletzt",
        r"am Ende des Tages",
        r"das volle Potenzial",
        r"unerlässlich\w*",
        r"begeben Sie sich",
    ),
    "cs": _phrases(
        r"v dnešní(?:m|) (?:\w+ )?(?:světě|době)",
        r"je důležité (?:poznamenat|zmínit|si uvědomit|mít na paměti)",
        r"hraj(?:e|í) (?:\w+ )?(?:klíčovou|zásadní|důležitou|významnou) roli",
        r"klíčovou roli",
        r"ponořte se",
        r"průlomov\w+",
        r"převratn\w+",
        r"revoluční\w*",
        r"holistick\w+",
        r"na míru šit\w+|šit\w+ na míru",
        r"v neposlední řadě",
        r"plný potenciál",
        r"vydejte se na cestu",
        r"špičkov\w+",
        r"posun\w+ na (?:další|vyšší) úroveň",
    ),
}
