"""Words by which other systems head the columns of a course table, in English, German, French, Spanish, Italian, Czech.

Of several headings for one column the one whose word stands further left counts. Words for "course" and small words in
front of or behind a word do not count ("Kursbeginn", "date de début de la formation"), so they are left out here.
"""

from __future__ import annotations

from collections.abc import Mapping

HEADING_WORDS: Mapping[str, str] = {
    "title": "title, titel, titre, intitulé, título, titolo, název, bezeichnung, denominación, denominazione, libellé, "
    "name, nom, nombre, nome, headline",
    "id": "id, identifier, code, nummer, nr, number, no, kennung, referenznummer, referenz, reference, référence, ref, "
    "numéro, codice, código, číslo, kód, artikelnummer, angebotsnummer, bestellnummer, sku, uid, uuid",
    "provider": "provider, anbieter, veranstalter, bildungsträger, träger, bildungsanbieter, organisme, prestataire, "
    "fournisseur, organisateur, établissement, proveedor, entidad, organizador, centro, ente, fornitore, erogatore, "
    "organizzatore, poskytovatel, pořadatel, vzdělavatel, training provider, organisation, organization, organiser, "
    "organizer, institution, institut, schule, school, hochschule, university, akademie",
    "provider_url": "provider url, provider website, website anbieter, anbieter url, anbieter website, site organisme, "
    "web proveedor, sito ente, web poskytovatele",
    "provider_country": "provider country, land anbieter, anbieterland, pays organisme, país proveedor",
    "record_type": "type, typ, art, angebotsart, tipo, druh",
    "keywords": "keywords, tags, schlagworte, schlagwörter, stichworte, mots clés, palabras clave, parole chiave, "
    "klíčová slova, category, categories, kategorie, kategorien, catégorie, categoría, categoria, subject, topic, "
    "thema, themen, themenbereich, themengebiet, fachgebiet, fachbereich, thème, thématique, domaine, tema, área, "
    "area, area tematica, téma, oblast, obor, rubrik",
    "summary": "summary, short description, kurzbeschreibung, zusammenfassung, kurztext, résumé, description courte, "
    "resumen, descripción breve, riassunto, sintesi, descrizione breve, shrnutí, souhrn, anotace, stručný popis, "
    "abstract, teaser",
    "description": "description, beschreibung, langbeschreibung, long description, inhalt, inhalte, lehrinhalte, "
    "content, contents, contenu, programme, programm, descripción, contenido, contenidos, descrizione, contenuto, "
    "contenuti, programma, popis, obsah, details, syllabus, curriculum",
    "outcomes": "outcomes, learning outcomes, learning objectives, objectives, goals, lernziele, lernziel, ziele, "
    "ziel, lernergebnisse, objectifs pédagogiques, objectifs, objectif, acquis apprentissage, objetivos, resultados "
    "aprendizaje, obiettivi, risultati apprendimento, cíle, cíl, výstupy učení, výsledky učení, kompetenzen, "
    "competences, compétences, competencias, competenze",
    "languages": "languages, language, language instruction, teaching language, sprache, sprachen, unterrichtssprache, "
    "langue, langues, idioma, idiomas, lengua, lingua, lingue, jazyk, jazyky, jazyk výuky, vyučovací jazyk",
    "subtitles": "subtitles, untertitelsprachen, sous titres, subtítulos, sottotitoli, titulky",
    "mode": "mode, delivery mode, delivery, format, study mode, attendance mode, lernform, form, durchführungsform, "
    "durchführungsart, unterrichtsform, unterrichtsart, lehrform, lernformat, modalité, modalités, mode formation, "
    "modalidad, modalità, forma, forma výuky, forma studia",
    "minutes": "minutes, minuten, minutos, minuti, minuty, duration minutes, dauer minuten, durée minutes",
    "workload_text": "duration, dauer, workload, length, umfang, zeitumfang, zeitaufwand, gesamtdauer, durée, volume "
    "horaire, duración, carga horaria, durata, délka, trvání, rozsah, hours, stunden, anzahl stunden, stundenzahl, "
    "stundenumfang, number hours, nombre heures, heures, horas, número horas, ore, numero ore, hodiny, počet hodin, "
    "days, tage, anzahl tage, number days, nombre jours, jours, días, giorni, dny, počet dní, ue, anzahl ue, "
    "unterrichtseinheiten, unterrichtsstunden",
    "price": "price, preis, fee, fees, cost, costs, tuition, gebühr, gebühren, teilnahmegebühr, entgelt, kosten, "
    "teilnehmerbeitrag, prix, tarif, tarifs, coût, precio, coste, importe, tarifa, prezzo, costo, quota, cena, "
    "kurzovné",
    "currency": "currency, währung, devise, monnaie, moneda, divisa, valuta, měna",
    "price_text": "price note, price info, preishinweis, preisinfo, preisinformation",
    "free": "free, free charge, kostenlos, kostenfrei, gebührenfrei, gratuit, gratuito, gratis, zdarma, bezplatný",
    "certificate": "certificate, certification, credential, award, zertifikat, abschluss, abschlussart, nachweis, "
    "certificat, attestation, certificado, titulación, certificato, attestato, certifikát, osvědčení",
    "eqf_min": "eqf, eqf level, eqr, eqr niveau, niveau eqr, niveau cec, cec, nivel eqf, nivel mec, livello eqf, eqf "
    "úroveň, úroveň eqf",
    "eqf_text": "dqr, dqr niveau, nqf level, nqr",
    "ects": "ects, ects points, ects punkte, ects credits, credits, credit points, leistungspunkte, crédits, crédits "
    "ects, créditos, créditos ects, crediti, crediti ects, kredity, ects kredity, cp, lp",
    "url": "url, link, web, website, webseite, homepage, webadresse, weblink, detailseite, lien, page web, site web, "
    "site internet, enlace, página web, sito, sito web, pagina web, odkaz, internet, permalink, web page",
    "licence": "licence, license, lizenz, licencia, licenza, nutzungsrechte",
    "run_id": "run id, session id, terminnummer, termin id, durchführungsnummer, session, edition",
    "run_starts_on": "start date, starts on, start, begin, beginning, begins on, beginn, startdatum, anfang, "
    "anfangsdatum, date début, début, fecha inicio, inicio, data inizio, inizio, zahájení, datum zahájení, začátek, "
    "datum od, from, von, date, datum, fecha, data",
    "run_ends_on": "end date, ends on, end, finish date, ende, enddatum, date fin, fin, fecha fin, fecha final, data "
    "fine, fine, konec, ukončení, datum ukončení, datum do, until, to, bis",
    "run_dates_text": "dates, termine, termin, zeitraum, session dates, fechas, calendrier, calendario, période, "
    "periodo, período, termíny, termín, schedule, zeiten, horaires, horario, orario",
    "run_country": "country, land, pays, país, paese, země, stát, veranstaltungsland",
    "run_nuts": "nuts, nuts code, nuts region",
    "run_place": "place, city, location, venue, town, ort, ort veranstaltung, standort, stadt, durchführungsort, lieu, "
    "ville, lugar, ciudad, localidad, luogo, sede, città, místo, místo konání, město, address, adresse, dirección, "
    "indirizzo, adresa",
    "run_deadline_on": "deadline, registration deadline, application deadline, anmeldeschluss, anmeldefrist, "
    "bewerbungsschluss, bewerbungsfrist, date limite, date limite inscription, fecha límite, plazo inscripción, "
    "scadenza, scadenza iscrizioni, scadenza iscrizione, uzávěrka, uzávěrka přihlášek",
    "run_seats": "seats, capacity, places, plätze, anzahl plätze, teilnehmerzahl, maximale teilnehmerzahl, max "
    "teilnehmer, max participants, nombre places, capacité, plazas, número plazas, capacidad, posti, numero posti, "
    "kapazita, počet míst",
    "run_url": "booking link, booking url, registration link, registration url, buchungslink, anmeldelink, anmeldung, "
    "lien inscription, enlace inscripción, link iscrizione, odkaz přihláška, přihláška",
    "source_on": "last updated, updated, last modified, modified, letzte aktualisierung, aktualisiert, stand, date "
    "mise jour, mise jour, actualizado, fecha actualización, aggiornato, ultimo aggiornamento, aktualizace, poslední "
    "aktualizace",
}
# Headings that say in which unit the cells count.
UNIT_WORDS: Mapping[str, str] = {
    "h": "hours, stunden, anzahl stunden, stundenzahl, stundenumfang, number hours, nombre heures, heures, horas, "
    "número horas, ore, numero ore, hodiny, počet hodin, volume horaire, carga horaria",
    "days": "days, tage, anzahl tage, number days, nombre jours, jours, días, giorni, dny, počet dní",
    "UE": "ue, anzahl ue, unterrichtseinheiten, unterrichtsstunden",
}
# What a heading names beside the thing itself. A heading that is nothing else names the course, so it is its title.
_COURSE_WORDS = """
    course courses training trainings workshop seminar class module offer opportunity kurs kurse kurses lehrgang
    lehrgangs schulung weiterbildung fortbildung veranstaltung seminars modul angebot angebots kursangebot
    bildungsangebot cours formation formations stage atelier curso cursos formacion accion formativa taller corso
    corsi formazione formativo kurz kurzy kurzu skoleni seminare kursu vzdelavani programu
"""
COURSE_WORDS = frozenset(_COURSE_WORDS.split())
_SMALL_WORDS = """
    a an and the of for du de d l la le les des del della dello dell dei di da der die das dem den vom zum zur im el los
    las il lo i en et y und z ze k ke na v ve
"""
SMALL_WORDS = frozenset(_SMALL_WORDS.split())
# German writes "Kursbeginn" as one word.
COMPOUND_STARTS = (
    "kurs", "seminar", "lehrgangs", "schulungs", "weiterbildungs", "fortbildungs", "veranstaltungs", "trainings",
    "workshop", "modul", "angebots",
)  # fmt: skip
