"""Countries of Europe and around it by their names in English, German, French, Spanish, Italian, Czech and their own.

Codes: ISO 3166-1 alpha-2 and alpha-3, https://www.iso.org/obp/ui/#search. Accents do not count.
"""

from __future__ import annotations

from synchromesh.engine.vocabulary.folding import fold

_NAMES = {
    "AD": "AND, Andorra, Andorre",
    "AL": "ALB, Albania, Albanien, Albanie, Albánie, Shqipëria",
    "AT": "AUT, Austria, Österreich, Oesterreich, Autriche, Rakousko",
    "BA": "BIH, Bosnia and Herzegovina, Bosnien und Herzegowina, Bosnie-Herzégovine, Bosnia y Herzegovina, "
    "Bosnia ed Erzegovina, Bosna a Hercegovina, Bosna i Hercegovina",
    "BE": "BEL, Belgium, Belgien, Belgique, Bélgica, Belgio, Belgie, België",
    "BG": "BGR, Bulgaria, Bulgarien, Bulgarie, Bulharsko, България",
    "CH": "CHE, Switzerland, Schweiz, Suisse, Suiza, Svizzera, Švýcarsko",
    "CY": "CYP, Cyprus, Zypern, Chypre, Chipre, Cipro, Kypr, Κύπρος",
    "CZ": "CZE, Czechia, Czech Republic, Tschechien, Tschechische Republik, Tchéquie, République tchèque, Chequia, "
    "República Checa, Cechia, Repubblica Ceca, Česko, Česká republika",
    "DE": "DEU, Germany, Deutschland, Bundesrepublik Deutschland, Federal Republic of Germany, Allemagne, "
    "Alemania, Germania, Německo",
    "DK": "DNK, Denmark, Dänemark, Danemark, Dinamarca, Danimarca, Dánsko, Danmark",
    "EE": "EST, Estonia, Estland, Estonie, Estonsko, Eesti",
    "ES": "ESP, Spain, Spanien, Espagne, España, Spagna, Španělsko",
    "FI": "FIN, Finland, Finnland, Finlande, Finlandia, Finsko, Suomi",
    "FR": "FRA, France, Frankreich, Francia, Francie",
    "GB": "GBR, United Kingdom, Great Britain, UK, Vereinigtes Königreich, Großbritannien, Royaume-Uni, Reino Unido, "
    "Regno Unito, Spojené království, Velká Británie",
    "GR": "GRC, Greece, Griechenland, Grèce, Grecia, Řecko, Ελλάδα",
    "HR": "HRV, Croatia, Kroatien, Croatie, Croacia, Croazia, Chorvatsko, Hrvatska",
    "HU": "HUN, Hungary, Ungarn, Hongrie, Hungría, Ungheria, Maďarsko, Magyarország",
    "IE": "IRL, Ireland, Irland, Irlande, Irlanda, Irsko, Éire",
    "IS": "ISL, Iceland, Island, Islande, Islandia, Islanda, Ísland",
    "IT": "ITA, Italy, Italien, Italie, Italia, Itálie",
    "LI": "LIE, Liechtenstein, Lichtenštejnsko",
    "LT": "LTU, Lithuania, Litauen, Lituanie, Lituania, Litva, Lietuva",
    "LU": "LUX, Luxembourg, Luxemburg, Lëtzebuerg, Luxemburgo, Lussemburgo, Lucembursko",
    "LV": "LVA, Latvia, Lettland, Lettonie, Letonia, Lettonia, Lotyšsko, Latvija",
    "MD": "MDA, Moldova, Moldau, Republik Moldau, Moldavie, Moldavia, Moldavsko",
    "ME": "MNE, Montenegro, Monténégro, Černá Hora, Crna Gora",
    "MK": "MKD, North Macedonia, Nordmazedonien, Macédoine du Nord, Macedonia del Norte, Macedonia del Nord, "
    "Severní Makedonie, Северна Македонија",
    "MT": "MLT, Malta, Malte",
    "NL": "NLD, Netherlands, The Netherlands, Holland, Niederlande, Pays-Bas, Países Bajos, Paesi Bassi, Nizozemsko, "
    "Nederland",
    "NO": "NOR, Norway, Norwegen, Norvège, Noruega, Norvegia, Norsko, Norge",
    "PL": "POL, Poland, Polen, Pologne, Polonia, Polsko, Polska",
    "PT": "PRT, Portugal, Portogallo, Portugalsko",
    "RO": "ROU, Romania, Rumänien, Roumanie, Rumania, Rumunsko, România",
    "RS": "SRB, Serbia, Serbien, Serbie, Srbsko, Srbija",
    "SE": "SWE, Sweden, Schweden, Suède, Suecia, Svezia, Švédsko, Sverige",
    "SI": "SVN, Slovenia, Slowenien, Slovénie, Eslovenia, Slovinsko, Slovenija",
    "SK": "SVK, Slovakia, Slovak Republic, Slowakei, Slovaquie, Eslovaquia, Slovacchia, Slovensko",
    "TR": "TUR, Turkey, Türkiye, Türkei, Turquie, Turquía, Turchia, Turecko",
    "UA": "UKR, Ukraine, Ucrania, Ucraina, Ukrajina, Україна",
    "US": "USA, United States, Vereinigte Staaten, États-Unis, Estados Unidos, Stati Uniti, Spojené státy",
}
_CODES = {fold(name.strip()): code for code, names in _NAMES.items() for name in names.split(",")}


def parse_country(text: str) -> str:
    """Return the two-letter code for a name or a code of three letters, "" for anything else, also for two letters."""
    return _CODES.get(fold(text.strip()), "")


def english_name(code: str) -> str:
    """Return the English name for a two-letter code, and the code itself where the country is not listed here."""
    return _NAMES[code].split(",")[1].strip() if code in _NAMES else code
