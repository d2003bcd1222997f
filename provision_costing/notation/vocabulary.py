"""The words that schools use in the cells of a provision map, each with the one term that the parsers know.

A word that is not here is not guessed at: it is handed back to the school as not read.
"""

from fractions import Fraction


def words(text: str) -> frozenset[str]:
    """A set of words, written as people write them."""
    return frozenset(text.split())


def _terms(table: dict[str, str]) -> dict[str, str]:
    """Turn `term: "spelling spelling"` into `spelling: term`."""
    return {spelling: term for term, spellings in table.items() for spelling in spellings.split()}


_COUNTING = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
NUMBER_WORDS = {word: Fraction(value) for value, word in enumerate(_COUNTING)} | {
    "fifteen": Fraction(15),
    "twenty": Fraction(20),
    "thirty": Fraction(30),
    "forty": Fraction(40),
    "fifty": Fraction(50),
    "sixty": Fraction(60),
    "ninety": Fraction(90),
    "half": Fraction(1, 2),
    "quarter": Fraction(1, 4),
}

VULGAR_FRACTIONS = {
    "½": Fraction(1, 2),
    "¼": Fraction(1, 4),
    "¾": Fraction(3, 4),
    "⅓": Fraction(1, 3),
    "⅔": Fraction(2, 3),
}

WEEKDAYS = _terms(
    {
        "mon": "mon mons monday mondays",
        "tue": "tue tues tuesday tuesdays",
        "wed": "wed weds wednesday wednesdays",
        "thu": "thu thur thurs thursday thursdays",
        "fri": "fri fris friday fridays",
    }
)
WEEKDAY_ORDER = ("mon", "tue", "wed", "thu", "fri")

TERMS = WEEKDAYS | _terms(
    {
        # time
        "minute": "m min mins minute minutes minuets minuites mintues minites",
        "hour": "h hr hrs hour hours",
        "day": "day days",
        "week": "w wk wks week weeks",
        "fortnight": "fortnight fortnights",
        "month": "month months",
        "term": "term terms",
        "year": "year years yr yrs annum",
        "halfterm": "halfterm",
        "hourly": "hourly",
        "daily": "daily everyday",
        "weekly": "weekly wkly",
        "fortnightly": "fortnightly",
        "monthly": "monthly",
        "termly": "termly",
        "halftermly": "halftermly",
        "yearly": "yearly annually annual",
        "biweekly": "biweekly",
        "ph": "ph",
        "pd": "pd",
        "pw": "pw",
        "pcm": "pcm",
        "pa": "pa",
        "morning": "morning am afternoon",
        "mornings": "mornings afternoons",
        "pm": "pm",
        "lunchtime": "lunch lunchtime break breaktime playtime registration assembly",
        "lunchtimes": "lunches lunchtimes breaks breaktimes playtimes",
        "session": "session sessions lesson lessons slot slots visit visits",
        "block": "block blocks programme programmes program course courses cycle",
        # how often
        "times": "times time",
        "once": "once",
        "twice": "twice",
        "thrice": "thrice",
        "per": "per",
        "a": "a an",
        "each": "each",
        "every": "every",
        "other": "other second alternate alternative",
        "all": "all whole full",
        "quarters": "quarters",
        # sums
        "x": "x",
        "divided": "divided shared split",
        "between": "between among amongst",
        "by": "by",
        "and": "and plus",
        "to": "to",
        "or": "or",
        "total": "total totals totalling equals ie",
        # people
        "adult": "adult adults ta tas hlta hltas teacher teachers staff lsa lsas mentor mentors lm "
        "assistant assistants practitioner practitioners therapist helper helpers volunteer volunteers",
        "pupil": "pupil pupils child children ch chn chd student students learner learners kids people",
        "group": "group groups grp grps gp gps",
        "small": "small",
        "pair": "pair pairs paired",
        "individual": "individual individually",
        "class": "class classes",
        # money
        "£": "gbp pound pounds quid",
        "p": "p pence",
        "k": "k",
        "free": "nil free none foc nothing",
        "no": "no",
        "cost": "cost costs charge charges",
        "vat": "vat",
        # how sure
        "about": "approx approximately about around circa c ca roughly",
        "atmost": "max maximum",
        "atleast": "minimum",
        "up": "up",
        "least": "least",
        "most": "most",
        "label": "wave ks stage y yr level set step band element",
    }
)

VAGUE = words(
    "frequent frequently frequency regular regularly opportunity opportunities access required require needed need "
    "needs necessary ongoing occasional occasionally sometimes often flexible various varies vary variable throughout "
    "continuous constant constantly some several few many lots depending dependent appropriate available intensive "
    "continual continually"
)

MISSING = words("na tbc tba tbd ditto")

# Said in passing; nothing is lost when they are not counted.
NOISE = words(
    "for of in the at on with only lasting long support supported supporting intervention work school academic "
    "during also is are be this it then as when if and class withdrawal sen send led run ratio "
    "allocation allocated delivered member members teaching learning length over from pupil's child's"
)
