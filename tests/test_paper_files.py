"""A pupil's paper as a file: one child in its bytes, text that stays text, pages that everyone can read."""

import base64
import hashlib
import io
import re
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree  # type: ignore[import-untyped]

from provision_costing.documents import as_docx, as_html, individual_map, make_documents
from provision_costing.documents.build_word_template import TEMPLATE, build
from provision_costing.documents.record import IndividualMap
from provision_costing.documents.word import docx_writer
from provision_costing.model import (
    Allocation,
    Override,
    ProvisionMap,
    Pupil,
    Resource,
    Review,
    School,
    SenStatus,
    Staffing,
    StaffRate,
)
from tests.making import provision, waltham_forest
from tests.office import Office
from tests.papers import guide_s_map, rich_map, very_long_map

POLICY = waltham_forest()
BOTH = pytest.mark.parametrize("write", [as_html, as_docx], ids=["html", "docx"])
Write = Callable[[IndividualMap], bytes]


def paper(of: ProvisionMap, *, names: bool = True) -> IndividualMap:
    return individual_map(of, POLICY, of.pupils[0].reference, names=names)


@cache
def word_writer() -> Write:
    return docx_writer()


def parts(docx: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(docx)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def all_bytes(data: bytes) -> bytes:
    return b"\n".join([data, *parts(data).values()]) if data.startswith(b"PK") else data


class Page(HTMLParser):
    """What a browser would make of a page: its elements in order, their attributes, its text."""

    VOID = ("meta", "br", "hr", "img", "link", "input")

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.texts: list[str] = []
        self.style = ""
        self.feed(page.decode())
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] == ["style"]:
            self.style += data
        else:
            self.texts.append(data)

    @property
    def text(self) -> str:
        return "".join(self.texts)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def word_text(docx: bytes) -> str:
    tree = etree.fromstring(parts(docx)["word/document.xml"])
    lines = []
    for paragraph in tree.iter(qn("w:p")):
        pieces = (("\n" if e.tag == qn("w:br") else e.text or "") for e in paragraph.iter(qn("w:t"), qn("w:br")))
        lines.append("".join(pieces))
    return "\n".join(lines)


def text_of(data: bytes) -> str:
    return word_text(data) if data.startswith(b"PK") else Page(data).text


# -- one child only ----------------------------------------------------------------------------------------------

PUPILS = 60


def crowded_map() -> ProvisionMap:
    """Sixty pupils, each with a token of their own in every text that is theirs, all in one shared group."""
    numbers = range(PUPILS)
    own = [provision(f"P{n:03}", group_size=1) for n in numbers]
    pupils = tuple(
        Pupil(reference=f"REFq{n:02}q", name=f"NAMEq{n:02}q", year_group=f"YEARq{n:02}q", stated_band=f"BANDq{n:02}q",
              sen_status=SenStatus.PLAN) for n in numbers
    )  # fmt: skip
    given = [
        allocation
        for n in numbers
        for allocation in (
            Allocation(pupil=f"REFq{n:02}q", code=f"P{n:03}", outcome=f"OUTCOMEq{n:02}q"),
            Allocation(
                pupil=f"REFq{n:02}q", code="SHARED", outcome=f"OUTCOMEq{n:02}q", whole_cost_reason=f"WHOLEq{n:02}q"
            ),
            Allocation(pupil=f"REFq{n:02}q", code=f"R{n:03}"),
            Allocation(pupil=f"REFq{n:02}q", code=f"LOSTq{n:02}q"),
        )
    ]
    return ProvisionMap(
        file="map.xlsx", form=guide_s_map().form, school=School(name="Invented"), pupils=pupils,
        provisions=(*(replace(p, intervention=f"INTERVENTIONq{n:02}q") for n, p in enumerate(own)),
                    provision("SHARED", group_size=PUPILS)),
        resources=tuple(Resource(code=f"R{n:03}", description=f"RESOURCEq{n:02}q", provider=f"FROMq{n:02}q",
                                 annual_cost=Decimal(n + 1)) for n in numbers),
        allocations=tuple(given),
        reviews=tuple(Review(pupil=f"REFq{n:02}q", number=1, working=f"WORKSq{n:02}q", next_step=f"NEXTq{n:02}q")
                      for n in numbers),
    )  # fmt: skip


@pytest.mark.parametrize("names", [False, True])
def test_no_paper_holds_anything_of_another_child(names: bool) -> None:
    of = crowded_map()
    references = [p.reference for p in of.pupils]
    made = list(make_documents(of, POLICY, references, ("html", "docx"), names=names))
    assert len(made) == 2 * PUPILS
    for position, (name, data) in enumerate(made):
        own = f"q{position // 2:02}q".encode()
        everything = name.encode() + all_bytes(data)
        assert set(re.findall(rb"q\d\dq", everything)) == {own}
        told = {kind for kind in (b"REF", b"OUTCOME", b"INTERVENTION", b"RESOURCE", b"WORKS", b"LOST", b"BAND",
                                 b"WHOLE") if kind + own in everything}  # fmt: skip
        assert len(told) == 8
        assert (b"NAME" in everything) == names


# -- text stays text ---------------------------------------------------------------------------------------------

PAYLOADS = (
    "=1+1", "@SUM(A1)", '=HYPERLINK("http://x.example","y")', "<script>alert(1)</script>", "</td></tr></table><h1>x",
    "<img src=x onerror=alert(1)>", "{{ 7*7 }}", "{% for x in y %}", "{# gone #}", "{{ map.__class__ }}",
    "{_{ 7*7 }_}",
    "{%p if x %}", "{%tr endfor %}", "]]>", "<!-- x", "&lt;b&gt; &amp; &#95;", "Tom & Jerry's “<3>”",
    "</w:t></w:r></w:p>",
    "<?xml version='1.0'?><!DOCTYPE x>", "*bold* _x_", "a\nb", '"quotes" \'single\'',
    "</style><style>*{}</style>", "%00 \\ ${x}",
)  # fmt: skip


def with_everywhere(text: str) -> ProvisionMap:
    """A map with one text in each place where a school may write."""
    role = f"{text} role"
    lesson = replace(provision(staffing=(Staffing(role=role),)), intervention=f"{text} intervention")
    return ProvisionMap(
        file=text, form=guide_s_map().form,
        school=School(name=f"{text} school", number=text, year=f"{text} year", prepared_by=f"{text} writer", overrides=(
            Override(name="weeks_per_year", value=Decimal(39), reason=f"{text} reason"),)),
        staff=(StaffRate(role=role, hourly_cost=Decimal(20)),), provisions=(lesson,),
        pupils=(Pupil(reference=f"{text} reference", name=f"{text} name", year_group=f"{text} group",
                      stated_band=f"{text} band", sen_status=SenStatus.PLAN),),
        resources=(Resource(code="R1", description=f"{text} resource", annual_cost=Decimal(1),
                            provider=f"{text} provider"),),
        allocations=tuple(Allocation(pupil=f"{text} reference", code=c, outcome=f"{text} outcome",
                                     whole_cost_reason=f"{text} because")
                          for c in ("P001", "R1", f"{text} code")),
        reviews=(Review(pupil=f"{text} reference", working=f"{text} works", not_working=f"{text} fails",
                        next_step=f"{text} next"),),
    )  # fmt: skip


WRITTEN = (
    "role", "intervention", "school", "year", "writer", "reason", "reference", "name", "group", "band", "resource",
    "provider", "outcome", "code", "works", "fails", "next",
    "because",
)  # fmt: skip


@BOTH
@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_a_school_writes_is_printed_and_never_run(write: Write, payload: str) -> None:
    text = text_of(write(paper(with_everywhere(payload))))
    for place in WRITTEN:
        assert f"{payload} {place}" in text
    assert "49" not in text  # 7 × 7


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_a_school_writes_adds_nothing_to_the_page(payload: str) -> None:
    plain, odd = (Page(as_html(paper(with_everywhere(text)))).elements for text in ("Plain", payload))
    assert odd == plain


@given(st.text(max_size=60))
@settings(max_examples=40)
def test_any_text_makes_a_sound_file(text: str) -> None:
    made = paper(with_everywhere(text))
    assert Page(as_html(made)).all("h1") == [{}]
    written = word_writer()(made)
    for name, part in parts(written).items():
        if name.endswith((".xml", ".rels")):
            assert etree.fromstring(part) is not None
    assert made.outcomes[0].text in word_text(written)


# -- the same each time ------------------------------------------------------------------------------------------


@BOTH
def test_the_same_map_gives_the_same_bytes(write: Write) -> None:
    assert write(paper(rich_map())) == write(paper(rich_map()))


def test_the_form_for_word_is_the_one_its_script_builds() -> None:
    assert parts(build()) == parts(TEMPLATE.read_bytes())


@BOTH
def test_figures_and_words_stand_on_the_paper(write: Write) -> None:
    text = text_of(write(paper(guide_s_map())))
    for said in ("£7,055.73", "£1,055.73", "£55.73 into increment 1c", "£444.27 below its upper edge", "£279.06",
                 "1 adult to 8 pupils", "5 × 30 mins a week", "Play with one other child", "SEN support: help that",
                 "Year 3", "2026-27", "Robin Quill", "Parent or carer", "not a legal condition", "seven steps",
                 "Circle one", "Review 3", "check them with the authority"):  # fmt: skip
        assert said in text, said
    assert "not complete" not in text
    rich = text_of(write(paper(rich_map())))
    for said in ("These figures are not complete", "Touch typing: the group size is missing.", "Total so far",
                 "paid from Pupil Premium", "39 weeks in place of 38 weeks", "3: moderate", "shared by 8 pupils",
                 "not costed", "for: Finish a piece of homework each week"):  # fmt: skip
        assert said in rich, said


@BOTH
def test_a_pupil_with_nothing_yet_gets_a_paper_that_says_so(write: Write) -> None:
    assert "No support is on the map for this pupil yet." in text_of(write(individual_map(rich_map(), POLICY, "Y3-09")))


# -- a page for everyone -----------------------------------------------------------------------------------------


def test_the_web_page_runs_nothing_and_fetches_nothing() -> None:
    page = Page(as_html(paper(rich_map())))
    (policy,) = [m["content"] or "" for m in page.all("meta") if m.get("http-equiv") == "Content-Security-Policy"]
    seal = base64.b64encode(hashlib.sha256(page.style.encode()).digest()).decode()
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{seal}';")
    assert not {tag for tag, _ in page.elements} & {"script", "link", "img", "iframe", "object", "a", "form", "svg"}
    assert not {
        a for _, attributes in page.elements for a in attributes if a.startswith("on") or a in ("src", "href", "style")
    }
    assert "url(" not in page.style
    assert "@import" not in page.style


def test_the_web_page_can_be_read_aloud() -> None:
    page = Page(as_html(paper(rich_map())))
    assert page.all("html") == [{"lang": "en-GB"}]
    assert len(page.all("h1")) == 1
    tags = [tag for tag, _ in page.elements]
    assert tags.count("table") == tags.count("caption") == tags.count("thead") == 7
    assert all(th.get("scope") in ("col", "row", "rowgroup") for th in page.all("th"))
    assert "Individual provision map, Y3-07, 2026-27" in page.text


def brightness(colour: str) -> float:
    """The relative luminance of WCAG 2.2."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("ground", ["#ffffff", "soft", "cream"])
@pytest.mark.parametrize("ink", ["ink", "navy", "quiet"])
def test_contrast_is_enough_for_small_text(ink: str, ground: str) -> None:
    named = dict(re.findall(r"--(\w+): (#\w{6})", Page(as_html(paper(guide_s_map()))).style))
    light, dark = brightness(named.get(ground, ground)), brightness(named[ink])
    assert (light + 0.05) / (dark + 0.05) >= 4.5  # WCAG 2.2, success criterion 1.4.3


def test_the_word_paper_can_be_read_aloud() -> None:
    document = Document(io.BytesIO(as_docx(paper(rich_map()))))
    assert document.core_properties.title == "Individual provision map, Y3-07, 2026-27"
    headings = [p.style.name for p in document.paragraphs if p.style and (p.style.name or "").startswith("Heading")]
    assert headings == ["Heading 1"] + ["Heading 2"] * 9
    assert {lang.get(qn("w:val")) for lang in document.styles.element.iter(qn("w:lang"))} == {"en-GB"}
    assert len(document.tables) == 9
    for table in document.tables:
        properties = table._tbl.tblPr
        assert properties.find(qn("w:tblCaption")).get(qn("w:val"))
        assert properties.find(qn("w:tblDescription")).get(qn("w:val"))
        assert all(row._tr.xpath("./w:trPr/w:cantSplit") for row in table.rows)
    repeating = [bool(t.rows[0]._tr.xpath("./w:trPr/w:tblHeader")) for t in document.tables]
    assert repeating == [False, False] + [True] * 7  # the first two hold facts and totals, and no header


def test_the_word_paper_names_no_author_and_no_time() -> None:
    packed = zipfile.ZipFile(io.BytesIO(as_docx(paper(rich_map()))))
    assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    about = etree.fromstring(packed.read("docProps/core.xml"))
    told = {etree.QName(e).localname: e.text for e in about if e.text}
    assert told == {"title": "Individual provision map, Y3-07, 2026-27", "language": "en-GB"}
    assert not [name for name in packed.namelist() if "app.xml" in name or "customXml" in name or "comments" in name]


# -- on paper ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("of", "pages"), [(guide_s_map(), 2), (rich_map(), 3), (very_long_map(), 4)], ids=["guide", "rich", "long"]
)
def test_the_word_paper_prints_on_few_pages(office: Office, tmp_path: Path, of: ProvisionMap, pages: int) -> None:
    path = tmp_path / "paper.docx"
    path.write_bytes(as_docx(paper(of)))
    pdf = office.convert(path, "pdf")
    told = subprocess.run(["pdfinfo", pdf], check=True, capture_output=True, text=True).stdout
    assert re.search(r"Pages:\s+(\d+)", told)[1] == str(pages)  # type: ignore[index]
    assert "A4" in told
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True, text=True).stdout
    assert text.count("Confidential: about one child") == pages
    assert f"Page {pages} of {pages}" in text
    assert text.count("Parent or carer") == 1
