"""What a Vietnamese keyboard makes of a code typed with it still switched on.

Telex and VNI turn plain letters into accented ones while one types: `OS` becomes Ó under Telex,
`A3` becomes Ả under VNI. A code that a dispatcher types must come out as it went in, so codes and
callsigns are chosen to be fixed points of both. The judgement here is stricter than the keyboards:
real ones restore some impossible syllables, and a code that passes needs no such luck.
"""

VOWELS = frozenset("AEIOUY")
TELEX_MARKS = frozenset("SFRXJZ")
VNI_MARKS = frozenset("0123456789")


def survives_telex(code: str) -> bool:
    """No letter of `code` would be swallowed as a tone, a hat, a horn or a bar under Telex."""
    text = code.upper()
    for place, letter in enumerate(text):
        before = text[:place]
        if letter == "W":
            return False  # alone it becomes Ư, after a vowel it bends it
        if letter in TELEX_MARKS and VOWELS & set(before):
            return False
        if letter in "AEOD" and letter in before:
            return False  # Unikey reaches back over other letters, so DAD suffers as DD does
    return True


def survives_vni(code: str) -> bool:
    """No digit of `code` would be swallowed as a tone or a mark under VNI."""
    text = code.upper()
    for place, letter in enumerate(text):
        before = set(text[:place])
        if letter in VNI_MARKS and (VOWELS & before or (letter == "9" and "D" in before)):
            return False
    return True


def safe_to_type(code: str) -> bool:
    """True if both Vietnamese keyboards leave `code` as it is. Only A-Z and 0-9 can be safe."""
    plain = code.isascii() and code.isalnum()
    return plain and survives_telex(code) and survives_vni(code)
