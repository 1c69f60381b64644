"""Telephone numbers as one caller has one: `+84 901…`, `0901 …` and `84901…` are the same line."""

LONGEST_SHORT = 6
"""Digits of numbers that know no country: 113, 114, 18001, 1080."""


def normalised(phone: str, country_code: str) -> str:
    """The number in digits, with `+` and the country where it has one.

    country_code : of the city, as "84"
    Hotlines without a leading zero (1900 1234) stay as they are dialled.
    """
    digits = "".join(mark for mark in phone if mark.isdigit())
    if phone.strip().startswith("+"):
        return "+" + _without_trunk(digits, country_code)
    if digits.startswith("00"):
        return "+" + _without_trunk(digits[2:], country_code)
    if len(digits) <= LONGEST_SHORT:
        return digits
    if digits.startswith("0"):
        return "+" + country_code + digits[1:]
    if digits.startswith(country_code) and len(digits) >= len(country_code) + 9:
        return "+" + _without_trunk(digits, country_code)
    return digits


def _without_trunk(digits: str, country_code: str) -> str:
    """+84 (0) 901…: the zero is dialled at home only."""
    if digits.startswith(country_code + "0"):
        return country_code + digits[len(country_code) + 1 :]
    return digits
