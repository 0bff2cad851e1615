"""Addresses and lists of the European Learning Model, application profile for learning opportunities (LOQ) 3.1.

Source: https://github.com/european-commission-empl/European-Learning-Model (xsd/loq). The lists hold what the schema
allows: a currency or region beyond them would make a document invalid.
"""

from __future__ import annotations

from synchromesh.engine.vocabulary.iso_codes import THREE_LETTER_COUNTRIES, THREE_LETTER_LANGUAGES

NOTE = "urn:synchromesh:note:"  # subjects of notes that hold what the format has no place for
LOQ = "http://data.europa.eu/snb/model/ap/loq-constraints/"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DUBLIN_CORE = "http://purl.org/dc/terms/"

COUNTRY = "http://publications.europa.eu/resource/authority/country/"
CURRENCY = "http://publications.europa.eu/resource/authority/currency/"
LANGUAGE = "http://publications.europa.eu/resource/authority/language/"
EQF = "http://data.europa.eu/snb/eqf/"
NUTS = "http://data.europa.eu/nuts/code/"
ECTS = "http://data.europa.eu/snb/education-credit/6fcec5c5af"
FIELD_UNKNOWN = "http://data.europa.eu/snb/isced-f/9999"
ESCO = "http://data.europa.eu/esco/"
DURATION_NOTE = "http://data.europa.eu/snb/learningOpportunity-topics#duration-information"
COSTS_NOTE = "http://data.europa.eu/snb/learningOpportunity-topics#costs"

# Where the schema asks for a country, and nobody states one: "Provisional data" is its only entry that claims nothing.
NO_COUNTRY = "OP_DATPRO"
NO_LANGUAGE = "UND"

OPPORTUNITY = "http://data.europa.eu/snb/learning-opportunity/"
CLASS = "7e1ac538db"
OPPORTUNITY_TYPES = {
    "05053c1cbe": "course", "0f7dac46ca": "programme module", "11252a5207": "mentoring", "17744a2647": "MOOC",
    "63f9f6180c": "apprenticeship", "65a4cf5de2": "study visit", "74a4a268e8": "short learning programme",
    "77b99de990": "internship", "79343569f3": "educational programme", CLASS: "class", "8b965da2d4": "service learning",
    "b2434ca358": "thesis",
}  # fmt: skip
TYPE_CODES = {label.casefold(): code for code, label in OPPORTUNITY_TYPES.items()}

MODE = "http://data.europa.eu/snb/learning-assessment/"
MODES = {"729f3bed4b": "in-company", "9191af2ed9": "on-site", "920fbb3cbe": "online", "e92d221e4d": "blended"}
MODE_CODES = {mode: code for code, mode in MODES.items()}

# TF is in ISO 3166 and not in the list of the schema; Kosovo has a code of the Union's own.
COUNTRY_CODES = {key: code for key, code in THREE_LETTER_COUNTRIES.items() if key != "TF"} | {"XK": "1A0"}
COUNTRIES = {code: key for key, code in COUNTRY_CODES.items()}
LANGUAGE_CODES = {key: code.upper() for key, code in THREE_LETTER_LANGUAGES.items()}

_CURRENCIES = (
    "ZAR "  # codespell:ignore zar
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF "
    "CHE CHF CHW CLF CLP CNY COP COU CRC CUC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD "
    "GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP "
    "LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN "
    "PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLL SOS SRD SSP STN SVC SYP SZL THB TJS TMT "
    "TND TOP TRY TTD TWD TZS UAH UGX USD USN UYI UYU UYW UZS VES VND VUV WST XAF XAG XAU XBA XBB XBC XBD XCD XDR XOF "
    "XPD XPF XPT XSU XTS XUA XXX YER ZMW ZWL "
)
CURRENCIES = frozenset(_CURRENCIES.split())

_NUTS_2 = (
    "AL:01,02,03 AT:11,12,13,21,22,31,32,33,34 BE:10,21,22,23,24,25,31,32,33,34,35 BG:31,32,33,34,41,42 "
    "CH:01,02,03,04,05,06,07 CY:00 CZ:01,02,03,04,05,06,07,08 "
    "DE:11,12,13,14,21,22,23,24,25,26,27,30,40,50,60,71,72,73,80,91,92,93,94,A1 "
    "DE:A2,A3,A4,A5,B1,B2,B3,C0,D2,D4,D5,E0,F0,G0 DK:01,02,03,04,05 EE:00 EL:30,41,42,43,51,52,53,54,61,62,63,64,65 "
    "ES:11,12,13,21,22,23,24,30,41,42,43,51,52,53,61,62,63,64,70 FI:19,1B,1C,1D,20 "
    "FR:10,B0,C1,C2,D1,D2,E1,E2,F1,F2,F3,G0,H0,I1,I2,I3,J1,J2,K1,K2,L0,M0,Y1,Y2 FR:Y3,Y4,Y5 HR:02,03,04,05,06 "
    "HU:11,12,21,22,23,31,32,33 IE:04,05,06 IS:00 IT:C1,C2,C3,C4,F1,F2,F3,F4,F5,F6,G1,G2,H1,H2,H3,H4,H5,I1,I2,I3,I4 "
    "LI:00 LT:01,02 LU:00 LV:00 ME:00 MK:00 MT:00 NL:11,12,13,21,22,23,31,32,33,34,41,42 NO:02,06,07,08,09,0A,0B "
    "PL:21,22,41,42,43,51,52,61,62,63,71,72,81,82,84,91,92 PT:11,15,16,17,18,20,30 RO:11,12,21,22,31,32,41,42 "
    "RS:11,12,21,22 SE:11,12,21,22,23,31,32,33 SI:03,04 SK:01,02,03,04 "
    "TR:10,21,22,31,32,33,41,42,51,52,61,62,63,71,72,81,82,83,90,A1,A2,B1,B2,C1 TR:C2,C3 "
    "UK:C1,C2,D1,D3,D4,D6,D7,E1,E2,E3,E4,F1,F2,F3,G1,G2,G3,H1,H2,H3,I3,I4,I5,I6 "
    "UK:I7,J1,J2,J3,J4,K1,K2,K3,K4,L1,L2,M5,M6,M7,M8,M9,N0 "
)
NUTS_2 = frozenset(
    country + place
    for group in _NUTS_2.split()
    for country, _, places in [group.partition(":")]
    for place in places.split(",")
)
