"""Reads a staff to pupil ratio or a group size: "4:1", "1 adult to 3", "group of 4", "one to one"."""

from fractions import Fraction
from functools import lru_cache

from provision_costing.notation.quantity import RANGE_SIGNS, counted, estimate, number
from provision_costing.notation.reading import CELLS_REMEMBERED, Notes, Reading, Span, not_understood
from provision_costing.notation.staffing import ADULT, PUPIL, WRITE_INSTEAD, Pair, Ratio, settle
from provision_costing.notation.tokens import NUMBER, Cursor, Token, tokenise
from provision_costing.notation.vocabulary import NOISE, words

_BETWEEN_NOUNS = (":", "/", "to", "-")
_MONTHS = words("jan feb mar apr may jun jul aug sep sept oct nov dec")
_PASSED_OVER = NOISE | {
    ADULT, PUPIL, "group", "small", "session", "class", ",", ".", "(", ")", ";", '"', "'", "a", "each", "per", "and",
    "&", "+", "by", "all", "lunchtime", "=",
}  # fmt: skip


def read_ratio(text: str) -> Reading:
    """Read a ratio or group size; "4:1" and "1:4" both mean 4 pupils with 1 adult. Never raises."""
    return _read(text)


@lru_cache(maxsize=CELLS_REMEMBERED)
def _read(text: str) -> Reading:
    cursor, ratio = Cursor(tokenise(text)), Ratio()
    if not cursor.more():
        return not_understood(text, f"The cell is empty. {WRITE_INSTEAD}")
    while cursor.more():
        _phrase(cursor, ratio)
    return settle(text, cursor.terms, ratio)


def _phrase(cursor: Cursor, ratio: Ratio) -> None:
    if not (
        _group_in_words(cursor, ratio)
        or _order(cursor, ratio)
        or estimate(cursor, ratio.notes)
        or _written_as_fraction(cursor, ratio)
        or _one_to_one(cursor, ratio)
        or _numbers(cursor, ratio)
    ):
        _other(cursor, ratio)


def _group_in_words(cursor: Cursor, ratio: Ratio) -> bool:
    size = {"individual": Fraction(1), "pair": Fraction(2)}.get(cursor.term())
    if size is None:
        return False
    ratio.notes.how.append(f'"{cursor.next().text}" is {counted(size, PUPIL)}')
    ratio.pupils.append((size, size))
    return True


def _order(cursor: Cursor, ratio: Ratio) -> bool:
    """ "adult:child" beside the numbers says which is which."""
    first, second = cursor.term(), cursor.term(2)
    if {first, second} != {ADULT, PUPIL} or cursor.term(1) not in _BETWEEN_NOUNS:
        return False
    cursor.at += 3
    ratio.order = (first, second)
    return True


def _written_as_fraction(cursor: Cursor, ratio: Ratio) -> bool:
    token = cursor.look()
    above, stroke, below = token.text.partition("/")
    if token.term != NUMBER or not stroke or not above.isdecimal():
        return False
    cursor.next()
    ratio.notes.query(f'"{token.text}" was read as {above}:{below}.')
    ratio.pairs.append(Pair(left=_exactly(above), right=_exactly(below)))
    return True


def _exactly(digits: str) -> Span:
    return Fraction(int(digits)), Fraction(int(digits))


def _one_to_one(cursor: Cursor, ratio: Ratio) -> bool:
    if [cursor.look(ahead).text for ahead in range(5)] not in (["1", "-", "2", "-", "1"], ["1", ":", "2", ":", "1"]):
        return False
    cursor.at += 5
    ratio.notes.how.append('"1-2-1" is one to one')
    ratio.pairs.append(Pair(left=_exactly("1"), right=_exactly("1")))
    return True


def _numbers(cursor: Cursor, ratio: Ratio) -> bool:
    """A pair ("1:4"), a range ("4-6 pupils"), or a count ("4 pupils")."""
    first = cursor.look()
    if first.term != NUMBER:
        return False
    left = _side(cursor, ratio.notes, before_colon=True)
    noun = _noun(cursor)
    if _sets_against(cursor, left, noun):
        _pair(cursor, ratio, first, left, noun)
    else:
        _count(cursor, ratio, left, noun or _noun(cursor))
    return True


def _side(cursor: Cursor, notes: Notes, *, before_colon: bool = False) -> Span:
    """One number, or a range that is not itself a ratio: the "4-6" of "1:4-6", but not the "3-1" of "1:3-1:4"."""
    low = number(cursor, notes) or Fraction(0)
    joins = cursor.term() in RANGE_SIGNS and cursor.term(1) == NUMBER and (before_colon or cursor.term(2) != ":")
    high = cursor.look(1).value or Fraction(0)
    if cursor.term() == "or":
        joins = joins and low < high
    elif joins:
        joins = 1 < low < high
    if not joins:
        return low, low
    cursor.at += 2
    return low, high


def _noun(cursor: Cursor) -> str:
    term = cursor.term()
    if term in (ADULT, PUPIL) and not (cursor.term(1) in _BETWEEN_NOUNS and cursor.term(2) in (ADULT, PUPIL)):
        cursor.next()
        return term
    if term in ("teaching", "learning", "support", "member") and cursor.term(1) == ADULT:
        cursor.at += 2
        return ADULT
    return ""


def _sets_against(cursor: Cursor, left: Span, noun: str) -> bool:
    if cursor.term() not in (":", ";", "-", "to", "/") or cursor.term(1) != NUMBER:
        return False
    return cursor.term() in (":", ";") or bool(noun) or left[0] == left[1]


def _pair(cursor: Cursor, ratio: Ratio, first: Token, left: Span, noun: str) -> None:
    sign, second = cursor.next().term, cursor.look()
    right = _side(cursor, ratio.notes)
    right_text = cursor.look().text
    right_noun = _noun(cursor)
    pair = Pair(left=left, right=right, left_noun=noun, right_noun=right_noun, right_text=right_text)
    if sign in (":", ";"):
        _clock(cursor, ratio.notes, first, second)
    elif not noun and right[0] != 1:
        ratio.notes.query("Read as a ratio: if the size of the group varies, give the usual number.")
    if sign == ";":
        ratio.notes.query(f'"{first.text};{second.text}" was read as {first.text}:{second.text}.')
    ratio.pairs.append(pair)
    _alternative(cursor, ratio)


def _clock(cursor: Cursor, notes: Notes, first: Token, second: Token) -> None:
    """Excel turns a typed 1:4 into the time of day 01:04:00."""
    seconds = cursor.term() == ":" and cursor.look(1).text == "00"
    if seconds:
        cursor.at += 2
    if seconds or first.text.startswith("0") or second.text.startswith("0"):
        notes.query("The spreadsheet seems to have turned the ratio into a time of day: format the cell as text.")


def _alternative(cursor: Cursor, ratio: Ratio) -> None:
    """ "1:1 or 1:2" is a range of ratios."""
    if cursor.term() in RANGE_SIGNS and cursor.term(1) == NUMBER and cursor.term(2) == ":":
        first = ratio.pairs.pop()
        cursor.next()
        _numbers(cursor, ratio)
        second = ratio.pairs.pop()
        left = (min(first.left[0], second.left[0]), max(first.left[1], second.left[1]))
        right = (min(first.right[0], second.right[0]), max(first.right[1], second.right[1]))
        ratio.pairs.append(Pair(left=left, right=right))


def _count(cursor: Cursor, ratio: Ratio, left: Span, noun: str) -> None:
    before = cursor.term(-2) if not noun else ""
    if before == "group":
        ratio.notes.query('Is the number the size of the group, or its name? For the size, write "group of 4".')
    (ratio.adults if noun == ADULT else ratio.pupils).append(left)


def _other(cursor: Cursor, ratio: Ratio) -> None:
    token = cursor.next()
    if token.term in _MONTHS:
        ratio.notes.fault("The spreadsheet has turned the ratio into a date: format the cell as text, type it again.")
    elif token.term not in _PASSED_OVER:
        ratio.notes.leave(token.text)
