"""Says which side of a ratio is the pupils, and whether the cell agrees with itself."""

from dataclasses import dataclass, field

from provision_costing.notation.quantity import ask_range, counted_span
from provision_costing.notation.reading import Notes, Reading, Span, not_understood
from provision_costing.notation.tokens import END
from provision_costing.notation.vocabulary import MISSING, VAGUE

ADULT, PUPIL = "adult", "pupil"
LARGEST_GROUP = 60  # no session has more pupils; a larger number is a cost or a year
WRITE_INSTEAD = 'Write the adults and the pupils, such as "1:4", or the size of the group, such as "group of 4".'


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two numbers set against each other, with the noun that follows each, if any."""

    left: Span
    right: Span
    left_noun: str = ""
    right_noun: str = ""
    right_text: str = ""


@dataclass(slots=True, kw_only=True)
class Ratio:
    """What has been gathered from one cell."""

    pairs: list[Pair] = field(default_factory=list)
    pupils: list[Span] = field(default_factory=list)
    adults: list[Span] = field(default_factory=list)
    order: tuple[str, str] | None = None
    notes: Notes = field(default_factory=Notes)


def settle(text: str, terms: list[str], ratio: Ratio) -> Reading:
    """Say which number is the pupils and which the adults; a cell that gives two of either is not understood."""
    notes = ratio.notes
    for pair in ratio.pairs:
        _assign(pair, ratio)
    pupils = _one_value(notes, ratio.pupils, "group sizes")
    adults = _one_value(notes, ratio.adults, "numbers of adults")
    _check(notes, pupils, adults)
    if notes.faults:
        return not_understood(text, f"{' '.join(notes.faults)} {WRITE_INSTEAD}")
    if pupils is None:
        return not_understood(text, _why_not(set(terms) - {END}))
    _tell(notes, pupils, adults)
    ranges = [
        (name, *held) for name, held in (("group_size", pupils), ("adults", adults)) if held and held[0] != held[1]
    ]
    return Reading(
        text=text,
        understood=True,
        how="; ".join(notes.how),
        problem=notes.problem(),
        group_size=_whole(pupils),
        adults=_whole(adults),
        ranges=tuple(ranges),
    )


def _assign(pair: Pair, ratio: Ratio) -> None:
    """Say which side of a pair is the pupils: the nouns decide, then the larger side."""
    left_is_pupils = pair.left[1] > pair.right[1]
    explicit = _explicit(pair, ratio.order)
    if pair.left_noun and pair.left_noun == pair.right_noun:
        ratio.notes.fault(f"Both sides of the ratio are {pair.left_noun}s.")
    if explicit is not None:
        left_is_pupils = explicit
    else:
        _ask_order(pair, ratio.notes, left_is_pupils=left_is_pupils)
    pupils, adults = (pair.left, pair.right) if left_is_pupils else (pair.right, pair.left)
    ratio.pupils.append(pupils)
    ratio.adults.append(adults)


def _explicit(pair: Pair, order: tuple[str, str] | None) -> bool | None:
    """True if the words say that the left side is the pupils, False if the right side, None if they do not say."""
    if pair.left_noun:
        return pair.left_noun == PUPIL
    if order:
        return order[0] == PUPIL
    # In "2:1 pupil" the noun is singular because it belongs to the 1; "4:1 pupils" only labels the ratio.
    singular = pair.right_text in ("pupil", "child", "student")
    if pair.right_noun == PUPIL and (singular if pair.right[1] == 1 else pair.right[1] >= pair.left[1]):
        return False
    return None


def _ask_order(pair: Pair, notes: Notes, *, left_is_pupils: bool) -> None:
    if pair.left[1] == 2 and pair.right[1] == 1:
        notes.query(
            "2:1 was read as 2 pupils with 1 adult; if two adults support one pupil, write '2 adults to 1 pupil'."
        )
    elif pair.right_noun == PUPIL and left_is_pupils and pair.right[1] != 1:
        notes.query("The larger side was read as the pupils; to say otherwise, write '6 adults to 2 pupils'.")
    elif min(pair.left[1], pair.right[1]) > 1:
        notes.how.append("the larger side is the pupils")


def _one_value(notes: Notes, spans: list[Span], what: str) -> Span | None:
    if len(set(spans)) > 1:
        said = " and ".join(dict.fromkeys(str(high) for _, high in spans))
        notes.fault(f"The cell gives different {what}, {said}.")
    return spans[0] if spans else None


def _check(notes: Notes, pupils: Span | None, adults: Span | None) -> None:
    for side in (*(pupils or ()), *(adults or ())):
        if side.denominator != 1:
            notes.fault("Adults and pupils are whole numbers (if 1.4 was meant as 1 to 4, it needs a colon).")
        elif side == 0:
            notes.fault("A ratio has at least one adult and one pupil.")
    if pupils and pupils[1] > LARGEST_GROUP:
        notes.fault(f"A group of {pupils[1]} is larger than any class.")


def _tell(notes: Notes, pupils: Span, adults: Span | None) -> None:
    told = counted_span(pupils, PUPIL) + (f" with {counted_span(adults, ADULT)}" if adults else " in the group")
    notes.how.append(told)
    for what, held in ((PUPIL, pupils), (ADULT, adults)):
        if held and held[0] != held[1]:
            ask_range(notes, counted_span(held, what))


def _whole(held: Span | None) -> int | None:
    return int(held[0]) if held and held[0] == held[1] else None


def _why_not(terms: set[str]) -> str:
    if "class" in terms:
        return (
            f"A whole class is not a number, and provision for all of a class is not additional to it. {WRITE_INSTEAD}"
        )
    if terms & MISSING or terms <= {"-", "?", ".", "see", "above", "below", "as"}:
        return f"No ratio is given. {WRITE_INSTEAD}"
    if terms & VAGUE:
        return f"That is not a number, and a panel will want one. {WRITE_INSTEAD}"
    return f"No number of pupils was found. {WRITE_INSTEAD}"
