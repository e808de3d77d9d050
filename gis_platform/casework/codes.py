"""The code by which a case is followed: drawn by chance, said over a telephone, checked before anything is
asked.

Twelve symbols in groups of four, ``K4TX-92MR-PAV7``: eleven by chance (about 53 bits) and one that checks
them. The 23 symbols leave out what looks alike (0 O Q D, 1 I L, Z for 2, S for 5, B for 8, G for 6, U for V)
and what sounds alike in Vietnamese (N beside M and L). With a prime number of symbols and another weight at
each place the check finds every single wrong symbol and every two that changed places.
"""

import secrets

from gis_platform.errors import BadParameter

SYMBOLS = "23456789ACEFHJKMPRTVWXY"
_LENGTH = 12


def new_code() -> str:
    """A code nobody can guess, without hyphens, as it is stored."""
    drawn = "".join(secrets.choice(SYMBOLS) for _ in range(_LENGTH - 1))
    return drawn + check_symbol(drawn)


def read_code(text: str) -> str:
    """A code as stored, from what somebody typed: hyphens, blanks and small letters do no harm.

    Raises:
        BadParameter: it is none; the detail says what to look at.
    """
    code = "".join(text.upper().replace("-", " ").replace(".", " ").split())
    strange = sorted({symbol for symbol in code if symbol not in SYMBOLS})
    if len(code) != _LENGTH or strange:
        raise BadParameter(
            f"A code has {_LENGTH} letters and digits, as in K4TX-92MR-PAV7, none of 0, 1, B, D, G, "
            "I, L, "
            "N, O, Q, S, U and Z.",
            parameter="code",
            detail_vi=f"Mã gồm {_LENGTH} chữ và số, ví dụ K4TX-92MR-PAV7; trong mã không có 0, 1, B, "
            "D, G, I, "
            "L, N, O, Q, S, U, Z. Đề nghị xem lại giấy đã nhận.",
        )
    if check_symbol(code[:-1]) != code[-1]:
        raise BadParameter(
            "One symbol of this code is not as it was given out, or two have changed places. Please compare "
            "it "
            "with the receipt.",
            parameter="code",
            detail_vi="Mã có một ký tự bị gõ sai hoặc hai ký tự bị đổi chỗ. Đề nghị đối chiếu với "
            "giấy đã nhận.",
        )
    return code


def shown_code(code: str) -> str:
    """A stored code in groups of four, as people read it."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def is_code(text: str) -> bool:
    """True for what could be the whole code of a case."""
    try:
        read_code(text)
    except BadParameter:
        return False
    return True


def check_symbol(drawn: str) -> str:
    """The symbol that checks up to 21 drawn ones."""
    # Weights 1, 2, 3 and so on of the drawn symbols and the next of the check: all different and none
    # 0 modulo 23.
    total = sum(place * SYMBOLS.index(symbol) for place, symbol in enumerate(drawn, 1))
    return SYMBOLS[-total * pow(len(drawn) + 1, -1, len(SYMBOLS)) % len(SYMBOLS)]
