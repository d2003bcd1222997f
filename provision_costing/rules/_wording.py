"""Words that say something clear about a row. What could also be meant another way is left alone."""

import re
from collections.abc import Iterable

from provision_costing.roles import CLASS_TEACHER, INCLUSION_MANAGER, SENCO, standard_role

_PUPILS = r"(?:pupils?|child(?:ren)?|students?|learners?|year groups?|classes|families)"
_ALL = (
    rf"(?:all(?: (?:the |our )?{_PUPILS})?|(?:any|every) {_PUPILS}|everyone|everybody|anyone|anybody|the whole school)"
)
_OPEN_TO_ALL = re.compile(
    rf"\bopen to {_ALL}\b"
    rf"|\b(?:for|offered to|available to) (?:all {_PUPILS}|every {_PUPILS}|everyone)\b"
    rf"|\b(?:all|any) {_PUPILS} (?:is |are |may |can )(?:welcome|come|attend|join)\b",
    re.IGNORECASE,
)
# "open to all pupils with …" names a group after all, and "open to all staff" is about something else.
_NARROWED_AFTER = re.compile(
    r"\b(?:with|who|whose|needing|needs?|identified|referred|having|receiving|below|under|at risk|on the|in receipt|"
    r"in the (?:group|nurture|base|unit|resource|provision|intervention|programme)|sen|send|ehcp?|eal|pp|"
    r"staff|parents|adults|teachers|tas)\b",
    re.IGNORECASE,
)
# "not open to all", and one child's support in something that is open to all.
_DENIED_BEFORE = re.compile(
    r"(?:\b(?:not|never|no longer|than|of)|n['’]t) $|\b(?:support|help|escort|accompan\w+|1:1|one to one)\b.*\b"
    r"(?:at|in|into|to|during|within)\b",
    re.IGNORECASE,
)
_WHOLE_CLASS = r"whole[- ](?:class|school)\b"
_LARGEST_GROUP = 12  # a "whole-class" row for fewer is help for some pupils in the lesson
_MOST_LETTERS = 1000
_SALARY = r"(?:salar(?:y|ies)|wages?)"
_OTHER_POST = r"admin|assistant|clerical|cover|supply|training|course|secretary"
_WRITTEN = {
    CLASS_TEACHER: r"class[- ]?teacher",
    SENCO: r"send?co|sen co[- ]?ordinator",
    INCLUSION_MANAGER: r"inclusion (?:manager|lead(?:er)?)|inco",
}


def _start(text: str) -> str:
    """Give the words of a cell with single spaces; a cell may hold 32,767 characters, and no title needs them."""
    return " ".join(text[:_MOST_LETTERS].split())


def open_to_all(intervention: str, group_size: int | None) -> str:
    """Give the words by which an intervention says that every pupil may come; empty when it says no such thing."""
    text = _start(intervention)
    for found in _OPEN_TO_ALL.finditer(text):
        if not _NARROWED_AFTER.search(text[found.end() :]) and not _DENIED_BEFORE.search(text[: found.start()]):
            return found[0]
    whole = re.match(_WHOLE_CLASS, text, re.IGNORECASE)
    return whole[0] if whole and (group_size or 0) > _LARGEST_GROUP else ""


def salary_of(description: str, roles: Iterable[str]) -> str:
    """Say which of the roles' salary a description names; empty when it names none, or a post beside the role."""
    text = _start(description)
    for role in map(standard_role, roles):
        written = rf"\b(?:{_WRITTEN.get(role, re.escape(role))})(?:s|['’]s|s['’])?\b"
        salary = rf"{written}(?: [\w()]+){{0,2}} {_SALARY}\b|\b{_SALARY} (?:of|for) (?:the |our )?{written}"
        is_post = standard_role(text) == role or re.search(salary, text, re.IGNORECASE)
        if is_post and not re.search(_OTHER_POST, text, re.IGNORECASE):
            return role
    return ""
