"""Units of measure as they stand behind numbers: what is counted in them is no money."""

from __future__ import annotations

# Word or sign after a number to the unit, as SI and the trade write it.
MEASURES: dict[str, str] = {
    form: unit
    for unit, forms in {
        "percent": "percent pct % per-cent percentage", "km": "km kilometer kilometers kilometre kilometres kms",
        "m": "meter meters metre metres", "cm": "centimeter centimeters centimetre centimetres cm", "mi": "mile miles",
        "ft": "foot feet ft", "in": "inch inches", "t": "ton tons tonne tonnes", "kg": "kilogram kilograms kg kilo kilos",
        "g": "gram grams", "lb": "pound pounds lb lbs", "bbl": "barrel barrels bbl", "bpd": "bpd", "ha": "hectare hectares ha",
        "acre": "acre acres", "l": "liter liters litre litres", "gal": "gallon gallons", "MW": "megawatt megawatts mw",
        "kW": "kilowatt kilowatts kw", "kWh": "kwh", "bu": "bushel bushels", "oz": "ounce ounces", "degree": "degree degrees",
        "knot": "knot knots", "km2": "sq-km", "point": "point points",
    }.items()
    for form in forms.split()
}  # fmt: skip
