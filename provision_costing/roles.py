"""How schools name the adults: "TA", "LSA" and "Teaching Assistants" are one role.

A role that is not known here keeps the words it was written with; it can still be costed from a salary or an hourly
rate of its own.
"""

import re
from collections.abc import Iterable

TEACHING_ASSISTANT = "Teaching Assistant"
HLTA = "HLTA"
LEARNING_MENTOR = "Learning Mentor"
TEACHER = "Teacher"
CLASS_TEACHER = "Class teacher"
SENCO = "SENCO"
INCLUSION_MANAGER = "Inclusion manager"

# Each role with the ways of writing it, all in small letters without full stops or hyphens.
_WRITTEN: dict[str, tuple[str, ...]] = {
    TEACHING_ASSISTANT: (
        "teaching assistant", "ta", "lsa", "learning support assistant", "teacher assistant", "classroom assistant",
        "teaching asst", "learning assistant", "support assistant", "inclusion assistant", "send ta", "sen ta",
        "sen teaching assistant", "send teaching assistant", "1:1 ta", "sta", "support staff",
        "teaching assistant level 1", "teaching assistant level 2", "teaching assistant level 3", "ta1", "ta2", "ta3",
        "level 2 ta", "level 3 ta",
    ),
    HLTA: ("hlta", "higher level teaching assistant", "higher level ta", "ta4", "level 4 ta"),
    LEARNING_MENTOR: ("learning mentor", "lm", "mentor", "pastoral mentor"),
    TEACHER: (
        "teacher", "specialist teacher", "intervention teacher", "support teacher", "sen teacher", "send teacher",
        "non class based teacher", "teacher (not class based)", "teacher not class based", "qualified teacher",
        "additional teacher", "advisory teacher",
    ),
    CLASS_TEACHER: (
        "class teacher", "classteacher", "ct", "class based teacher", "form teacher", "form tutor", "subject teacher",
        "class teachers", "own class teacher", "all class teachers",
    ),
    SENCO: (
        "senco", "sendco", "senco teacher", "senco (teacher)", "deputy senco", "assistant senco",
        "special educational needs coordinator", "special educational needs co ordinator", "sen coordinator",
        "inclusion senco",
    ),
    INCLUSION_MANAGER: ("inclusion manager", "inco", "inclusion lead", "inclusion leader", "inclusion coordinator"),
    "Midday supervisor": (
        "midday supervisor", "midday assistant", "midday meals supervisor", "lunchtime supervisor", "mds", "msa",
        "lunchtime assistant", "supervisory assistant", "dinner lady",
    ),
    "Nursery practitioner": ("nursery practitioner", "early years practitioner", "key person", "eyp", "nursery nurse"),
    "Speech and language therapist": ("speech and language therapist", "salt", "slt", "s&lt", "speech therapist"),
    "Occupational therapist": ("occupational therapist", "ot"),
    "Physiotherapist": ("physiotherapist", "physio"),
    "Educational psychologist": ("educational psychologist", "ep", "ed psych"),
    "ELSA": ("elsa", "emotional literacy support assistant"),
    "Counsellor": ("counsellor", "school counsellor", "play therapist", "therapist"),
    "Headteacher": ("headteacher", "head teacher", "head", "ht"),
    "Deputy headteacher": ("deputy headteacher", "deputy head", "dht", "assistant headteacher", "assistant head"),
}  # fmt: skip
_STANDARD = {written: role for role, ways in _WRITTEN.items() for written in ways}
# A teacher's full-time salary is for the school's weeks as it is; support staff's buys a full year of 52.143 weeks.
PAID_FOR_SCHOOL_WEEKS = (TEACHER, CLASS_TEACHER, SENCO, INCLUSION_MANAGER, "Headteacher", "Deputy headteacher")
_SEVERAL = re.compile(r"\s*(?:/|&(?!lt)|\+|,|;|\band\b|\bwith\b)\s*", re.IGNORECASE)


def standard_role(text: str) -> str:
    """Say which role is meant, in the words used here; an unknown one comes back as it was written, trimmed."""
    trimmed = " ".join(text.split())
    plain = trimmed.casefold().replace(".", "").replace("-", " ")
    plain = " ".join(plain.split())
    return _STANDARD.get(plain) or _STANDARD.get(plain.removesuffix("s")) or trimmed


def ways_of_writing() -> dict[str, str]:
    """List each way of writing a role, in small letters without full stops and hyphens, with the role it means."""
    return dict(_STANDARD)


def is_known_role(text: str) -> bool:
    """Say whether the words name a role that this module lists."""
    return standard_role(text) in _WRITTEN


def roles_in(text: str) -> tuple[str, ...]:
    """List the roles named in a cell such as "Teacher and TA"; a name that holds a joining word is kept whole."""
    if is_known_role(text):
        return (standard_role(text),)
    parts = [part for part in _SEVERAL.split(text) if part.strip()]
    if len(parts) > 1 and all(is_known_role(part) for part in parts):
        return tuple(standard_role(part) for part in parts)
    return (standard_role(text),) if text.strip() else ()


def is_one_of(role: str, listed: Iterable[str]) -> bool:
    """Say whether a role is in a policy's list, however either is written."""
    return standard_role(role).casefold() in {standard_role(name).casefold() for name in listed}
