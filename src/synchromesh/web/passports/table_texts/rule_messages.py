"""What a rule says of a passport."""

from __future__ import annotations

from django.utils.translation import gettext_noop

TEXTS = (
    gettext_noop("{title} is not given, and this kind of battery must give it."),
    gettext_noop("{title} is not given, although the battery is in use since {day}."),
    gettext_noop("{title} is given, but this kind of battery need not state it."),
    gettext_noop("'{field}' is not a field of the passport."),
    gettext_noop("{title} says {value}, which is not {expected}."),
    gettext_noop("{title} is the text '{value}', not a number."),
    gettext_noop("{title} is stated in '{unit}'; the unit is {expected}."),
    gettext_noop("{title} is {value} {unit}. Believable is {least} to {most} {unit}."),
    gettext_noop("{title} says '{value}', which is none of: {expected}."),
    gettext_noop("{title} says '{value}', which is not a day of the calendar in the form 2027-02-18."),
    gettext_noop("{title} says '{value}', which is not a complete web address."),
    gettext_noop("{title} says '{value}', which is not an e-mail address."),
    gettext_noop("{title} says '{value}', which is not a country code of two letters."),
    gettext_noop("{title} says '{value}', which is neither a web address nor a URN."),
    gettext_noop("{title} says '{value}', which stands for nothing."),
    gettext_noop("{title} says '{value}' with a blank before or after it."),
    gettext_noop("{title} has {count} characters."),
    gettext_noop(
        "The CAS number '{value}' has a blank before or after it, so that it matches no pattern and no database."
    ),
    gettext_noop(
        "'{value}' is not a CAS number, which has two to seven digits, two digits and one digit "
        "with hyphens between them."
    ),
    gettext_noop("The CAS number {value} ends in {given}, but its other digits ask for {expected}."),
    gettext_noop("{title}, row {row}: {column} is not given."),
    gettext_noop("{title}, row {row}: '{column}' is not asked for."),
    gettext_noop("{title}, row {row}: {value} is there twice."),
    gettext_noop("{title} changes with use, but the day of the value is not given."),
    gettext_noop("The history of {title} is not in the order of its days: {later} stands before {earlier}."),
    gettext_noop("The history of {title} holds '{value}', which is not {expected}."),
    gettext_noop("{title} is {value}, which is after today ({today})."),
    gettext_noop("{title} is {value}, long before such batteries were made."),
    gettext_noop("{title} is of {value}, before the battery was made on {made}."),
    gettext_noop("{title} is {value}, before {other} on {day}."),
    gettext_noop("The declaration is of {value}, after the battery was placed on the market on {day}."),
    gettext_noop("The GTIN {value} ends in {given}, but its other digits ask for {expected}."),
    gettext_noop("The address of the passport names product {given}, but the product identifier is {expected}."),
    gettext_noop("The address of the passport names serial number {given}, but the serial number is {expected}."),
    gettext_noop("The category says '{value}', but the passport is one of kind '{expected}'."),
    gettext_noop("The battery is {status}, but the passport of the original battery is not named."),
    gettext_noop("The passport names itself as the passport of the original battery."),
    gettext_noop("An earlier passport is named, but the status of the battery is 'original'."),
    gettext_noop("{title} begins with http:// and can be changed on its way."),
    gettext_noop("The symbol '{value}' is not among the labels."),
    # xgettext:no-python-format
    gettext_noop("The battery holds {value} % of cadmium, more than 0.002 %, but the label Cd is missing."),
    # xgettext:no-python-format
    gettext_noop("The battery holds {value} % of lead, more than 0.004 %, but the label Pb is missing."),
    # xgettext:no-python-format
    gettext_noop("The battery holds {value} % of mercury; at most 0.0005 % is allowed."),
    # xgettext:no-python-format
    gettext_noop("The battery holds {value} % of cadmium; at most {most} % is believable for this chemistry."),
    # xgettext:no-python-format
    gettext_noop("The battery holds {value} % of lead; at most {most} % is believable for this chemistry."),
    gettext_noop("'{value}' is not the number of a notified body, which has four digits."),
    gettext_noop("The test report has the same address as the public declaration."),
    gettext_noop("The stage '{value}' is not among the stages of the footprint."),
    gettext_noop("The stage '{value}' has a footprint of {number}. Only the end of life can give something back."),
    gettext_noop("The stages add up to {sum}, but {value} kg CO2e/kWh is stated as the footprint."),
    gettext_noop("A footprint of {value} kg CO2e/kWh is class {expected} by the bounds for practice, not {given}."),
    gettext_noop("{value} kg CO2e for the battery does not fit {footprint} kg CO2e/kWh over {energy} kWh of its life."),
    gettext_noop(
        "{cycles} cycles give {energy} kWh over the life. {value} kg CO2e for the battery then does"
        " not make {footprint} kg CO2e/kWh."
    ),
    gettext_noop(
        "Making the battery emitted {value} kg CO2e for a kilowatt-hour of its rated energy. Believable is 20 to 300."
    ),
    gettext_noop("The report is of {value}, which has not ended yet."),
    gettext_noop("The report is of {value}. The law asks for one every year."),
    gettext_noop("The assurance by a third party is the report itself."),
    gettext_noop("The chemistry is {chemistry}, but in words it is '{value}'."),
    gettext_noop("{voltage} V over {series} cells is {value} V a cell. {chemistry} has {least} to {most} V."),
    gettext_noop("The materials add up to {sum} kg, but the battery has {mass} kg."),
    gettext_noop("The materials add up to {sum} kg of {mass} kg."),
    gettext_noop("{energy} kWh in {mass} kg is {value} Wh/kg. {chemistry} has {least} to {most} Wh/kg."),
    gettext_noop("{chemistry} needs {value}, but no material of the cathode or anode holds it."),
    gettext_noop("Row {row}: {value} holds {element}, which {chemistry} does not have in this part."),
    gettext_noop("Row {row}: {name} has the CAS number {expected}; {value} is given."),
    # xgettext:no-python-format
    gettext_noop(
        # xgettext:no-python-format
        "Materials that hold {value} make up {share} % of the mass, but it is not among the critical raw materials."
    ),
    gettext_noop("{value} is named as a critical raw material, but no material of the list holds it."),
    gettext_noop("Row {row}: {value} is a critical raw material, but is not marked as one."),
    # xgettext:no-python-format
    gettext_noop("The hazardous substances add up to {sum} % of the mass."),
    # xgettext:no-python-format
    gettext_noop("Row {row}: {name} is stated as {value} % of the mass, but the list of materials gives {expected} %."),
    gettext_noop("No hazardous substance of the electrolyte is listed, although {chemistry} has one."),
    # xgettext:no-python-format
    gettext_noop("Row {row}: recycled {value} adds up to {sum} %."),
    gettext_noop("The recycled share of {value} is not given, although the battery holds it."),
    gettext_noop("Row {row}: a recycled share of {value} is given, but {chemistry} holds none."),
    # xgettext:no-python-format
    gettext_noop("Recycled {value}: {sum} %. From 18 August 2031 at least {least} % are asked for."),
    # xgettext:no-python-format
    gettext_noop("{value} % of renewable content is far more than batteries hold."),
    gettext_noop("{series} cells in series times {parallel} in parallel is {expected}, but {value} cells are stated."),
    gettext_noop("{series} cells in series do not fit a nominal voltage of {voltage} V with {chemistry}."),
    gettext_noop("A document of the kind '{value}' is not among the dismantling information."),
    gettext_noop("{title} is {value} V; the nominal voltage is {nominal} V."),
    gettext_noop("{title} of {value} V is {cell} V a cell. {chemistry} has {least} to {most} V."),
    gettext_noop("{capacity} Ah times {voltage} V is {expected} kWh, but {energy} kWh are stated."),
    gettext_noop("Row {row}: {value} kW is more than the rated maximum power of {rated} kW."),
    # xgettext:no-python-format
    gettext_noop("The power at {high} % is lower than at {low} % of charge."),
    # xgettext:no-python-format
    gettext_noop("Power is not stated at 80 % and at 20 % of charge."),
    gettext_noop("{power} kW over {energy} kWh is {expected}, but {value} is stated."),
    gettext_noop("{value} kW from {energy} kWh empties the battery in {minutes} minutes."),
    # xgettext:no-python-format
    gettext_noop("The efficiency after half of the cycles ({value} %) is above that at the start ({start} %)."),
    gettext_noop("{cycles} cycles in {years} years is {value} a year."),
    gettext_noop("The warranty of {value} months is longer than the expected lifetime of {years} years."),
    gettext_noop(
        "A pack of {series} by {parallel} cells of {cell} ohm has about {expected} ohm, but {value} is stated."
    ),
    gettext_noop("The resistance of the '{value}' is not given."),
    gettext_noop("The battery has done {value} full cycles, but the day of first use is not given."),
    gettext_noop("{title} rises from {before} on {first} to {after} on {second}, and no repair is recorded."),
    gettext_noop("{title} falls from {before} on {first} to {after} on {second}, and no repair is recorded."),
    gettext_noop("{title} falls from {before} on {first} to {after} on {second}. A counter never falls."),
    gettext_noop("{title} drops from {before} on {first} to {after} on {second}, and no negative event is recorded."),
    gettext_noop("{title} is {value} {unit}, more than the rated {rated} {unit}."),
    # xgettext:no-python-format
    gettext_noop("{remaining} of {rated} is a loss of {expected} %, but {title} does not fit that."),
    # xgettext:no-python-format
    gettext_noop("The state of certified energy is {value} %, but {remaining} kWh of {rated} kWh is {expected} %."),
    # xgettext:no-python-format
    gettext_noop("Self-discharge grew from {before} to {after} % a month, which is {expected} %, not {value} %."),
    gettext_noop("{title} of {value} {unit} does not fit {cycles} full cycles of {rated} {unit}."),
    gettext_noop("{value} full cycles fit neither the energy nor the capacity that went through the battery."),
    gettext_noop("{value} full cycles in {days} days is more than a battery can do."),
    gettext_noop("{title} is {value} minutes, but the battery is in use for {most} minutes only."),
    gettext_noop("{title} of {value} minutes is longer than the whole time of {most} minutes in this heat or cold."),
)
