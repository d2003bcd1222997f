"""A cell as typed, cut into numbers, words and signs, and a cursor that the parsers move along them."""

import re
from dataclasses import dataclass
from fractions import Fraction

from provision_costing.notation.vocabulary import NUMBER_WORDS, TERMS, VULGAR_FRACTIONS

NUMBER, END = "<number>", "<end>"  # no word that is typed can be either

# One sign for each that a keyboard, a phone or Word puts in its place.
_SAME_SIGN = str.maketrans(
    {
        "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2007": " ", "\ufeff": " ", "\u200b": " ",
        "–": "-", "—": "-", "−": "-", "‑": "-", "‐": "-",
        "×": "x", "✕": "x", "✖": "x", "*": "x", "⁄": "/", "∶": ":", "：": ":", "～": "~",
        "‘": "'", "’": "'", "“": '"', "”": '"',
    }
)  # fmt: skip

_LONGEST_NUMBER = 18  # no cost or time is longer, and Python refuses to read thousands of digits
_UNIT_AFTER_ZERO = "mins?|minutes?|m|hrs?|hours?|h|x|wks?|weeks?|days?|p|k"
_PIECE = re.compile(
    rf"""
      (?P<short>(?:[a-z]\.)+[a-z]\b\.?|\b(?:p/[wahdt]|n/a)\b)            # p.a., a.m., p/w, n/a
    | (?P<mistyped>(?=[ol]*[0-9])(?:[0-9ol]+[,.])*[0-9ol]*[ol][0-9ol]*   # 3omins, £1,66o
        (?=(?:{_UNIT_AFTER_ZERO})?(?![a-z0-9])))
    | (?P<mixed>[0-9]+\ [0-9]+/[0-9]+(?![0-9/]))                         # 1 1/2
    | (?P<fraction>(?:[13]/4|[12]/3|1/2)(?![0-9/]))
    | (?P<plain>[0-9](?:[0-9.,]*[0-9])?|\.[0-9]+)
    | (?P<vulgar>[½¼¾⅓⅔])
    | (?P<word>[^\W\d_]+(?:'[^\W\d_]+)?)
    | (?P<sign>\S)
    """,
    re.VERBOSE,
)
_CLEAN = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+")
_DECIMAL_COMMA = re.compile(r"(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+),[0-9]{1,2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A piece of a cell: `term` is what the parsers match; a number has a `value`, and a `doubt` if oddly typed."""

    text: str
    term: str
    value: Fraction | None = None
    doubt: str = ""


_END = Token(text="", term=END)
_PADDING = 8  # no parser looks further ahead, or further back


def tokenise(text: str) -> list[Token]:
    """Cut a cell into tokens; any text at all can be cut."""
    found: list[Token] = []
    for match in _PIECE.finditer(" ".join(text.translate(_SAME_SIGN).lower().split())):
        kind, piece = match.lastgroup, match.group()
        if kind == "word":
            found += _words(piece)
        elif kind == "sign":
            found.append(Token(text=piece, term=piece))
        elif len(piece) > _LONGEST_NUMBER:
            found.append(Token(text=piece, term=NUMBER))
        else:
            found.append(_SHAPES[kind or ""](piece))
    return found


def _words(piece: str) -> list[Token]:
    if piece not in TERMS and len(piece) > 1:
        # "30minsx3" and "3xweekly" are written without spaces.
        if piece[-1] == "x" and piece[:-1] in TERMS:
            return [*_words(piece[:-1]), *_words("x")]
        if piece[0] == "x" and piece[1:] in TERMS:
            return [*_words("x"), *_words(piece[1:])]
    if piece in NUMBER_WORDS:
        return [Token(text=piece, term=NUMBER, value=NUMBER_WORDS[piece])]
    return [Token(text=piece, term=TERMS.get(piece, piece))]


def _short(piece: str) -> Token:
    return _words(piece.replace(".", "").replace("/", ""))[0]


def _mistyped(piece: str) -> Token:
    digits = piece.replace("o", "0").replace("l", "1")
    doubt = f'"{piece}" has a letter in it and was read as {digits}.'
    return Token(text=digits, term=NUMBER, value=_plain(digits).value, doubt=doubt)


def _mixed(piece: str) -> Token:
    whole, _, part = piece.partition(" ")
    fraction = _ratio(part)
    if fraction is None or fraction >= 1:
        return Token(text=piece, term=NUMBER)
    return Token(text=piece, term=NUMBER, value=int(whole) + fraction)


def _fraction(piece: str) -> Token:
    return Token(text=piece, term=NUMBER, value=_ratio(piece))


def _ratio(piece: str) -> Fraction | None:
    above, _, below = piece.partition("/")
    return Fraction(int(above), int(below)) if int(below) else None


def _vulgar(piece: str) -> Token:
    return Token(text=piece, term=NUMBER, value=VULGAR_FRACTIONS[piece])


def _plain(piece: str) -> Token:
    if piece.isdecimal():
        return Token(text=piece, term=NUMBER, value=Fraction(int(piece)))
    if _CLEAN.fullmatch(piece):
        return Token(text=piece, term=NUMBER, value=Fraction(piece.replace(",", "")))
    if _DECIMAL_COMMA.fullmatch(piece):
        value = piece.replace(".", "").replace(",", ".")
        doubt = f'"{piece}" has its comma and full stop in an unusual place and was read as {value}.'
        return Token(text=piece, term=NUMBER, value=Fraction(value), doubt=doubt)
    return Token(text=piece, term=NUMBER)


_SHAPES = {
    "short": _short,
    "mistyped": _mistyped,
    "mixed": _mixed,
    "fraction": _fraction,
    "plain": _plain,
    "vulgar": _vulgar,
}


class Cursor:
    """Where a parser has got to in the tokens of one cell."""

    __slots__ = ("_tokens", "at", "terms")

    def __init__(self, tokens: list[Token]) -> None:
        # The padding lets a parser look a few places past either end without a test at each look.
        self._tokens = tokens + [_END] * _PADDING
        self.terms = [token.term for token in self._tokens]
        self.at = 0

    def more(self) -> bool:
        """Whether any token is left."""
        return self.terms[self.at] != END

    def look(self, ahead: int = 0) -> Token:
        """The token so many places ahead; past either end, a token whose term is END."""
        return self._tokens[self.at + ahead]

    def term(self, ahead: int = 0) -> str:
        """The term so many places ahead."""
        return self.terms[self.at + ahead]

    def since(self, start: int) -> str:
        """The words stepped over since then."""
        return " ".join(token.text for token in self._tokens[start : self.at])

    def next(self) -> Token:
        """Step over one token; the end stays where it is."""
        token = self._tokens[self.at]
        self.at += token is not _END
        return token

    def take(self, *terms: str) -> bool:
        """Step over the token here if it is one of these."""
        if self.terms[self.at] in terms:
            self.at += 1
            return True
        return False

    def follow(self, *terms: str) -> bool:
        """Step over these terms if all of them follow, in this order."""
        if self.terms[self.at] != terms[0] or tuple(self.terms[self.at : self.at + len(terms)]) != terms:
            return False
        self.at += len(terms)
        return True
