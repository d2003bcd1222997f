"""A pupil's paper for Word, which a school may still edit."""

import io
import zipfile
from collections.abc import Callable, Mapping
from importlib.resources import files

from provision_costing.documents.record import IndividualMap
from provision_costing.documents.template import environment

_FILLED_IN = ("word/document.xml", "word/footer1.xml", "docProps/core.xml")
_NO_TIME = (1980, 1, 1, 0, 0, 0)  # the first that a zip knows: the same map gives the same bytes


def as_docx(record: IndividualMap) -> bytes:
    """Write the paper as a .docx, its parts bearing no dates and no author."""
    return docx_writer()(record)


def docx_writer() -> Callable[[IndividualMap], bytes]:
    """Prepare the template once for a batch of papers."""
    from docxtpl import DocxTemplate

    source = (files("provision_costing.documents") / "templates" / "individual_map.docx").read_bytes()
    jinja, form = environment(), DocxTemplate(io.BytesIO(source))
    parts = _parts(source)
    forms = {name: jinja.from_string(form.patch_xml(parts[name].decode())) for name in _FILLED_IN}

    def write(record: IndividualMap) -> bytes:
        filled_in = {name: form.resolve_listing(part.render(map=record)).encode() for name, part in forms.items()}
        return _pack(parts | filled_in)

    return write


def without_dates(docx: bytes) -> bytes:
    """Pack the same parts again in the same order, with no time of writing."""
    return _pack(_parts(docx))


def _parts(docx: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(docx)) as packed:
        return {part.filename: packed.read(part) for part in packed.infolist()}


def _pack(parts: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as out:
        for name, data in parts.items():
            entry = zipfile.ZipInfo(name, _NO_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            out.writestr(entry, data)
    return packed.getvalue()
