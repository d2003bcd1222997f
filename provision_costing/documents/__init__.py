"""Papers about one child, made from that child's own record: a web page, or for Word."""

from collections.abc import Callable, Iterator, Sequence

from provision_costing.documents.html import as_html, html_writer
from provision_costing.documents.individual import individual_map, individual_maps
from provision_costing.documents.names import file_name, file_stems
from provision_costing.documents.record import IndividualMap
from provision_costing.documents.word import as_docx, docx_writer
from provision_costing.errors import DocumentError
from provision_costing.model import ProvisionMap
from provision_costing.policy import Policy

__all__ = ["IndividualMap", "as_docx", "as_html", "file_name", "individual_map", "make_documents"]


def make_documents(
    provision_map: ProvisionMap,
    policy: Policy,
    references: Sequence[str],
    formats: Sequence[str],
    *,
    names: bool = False,
) -> Iterator[tuple[str, bytes]]:
    """Make each pupil's paper in each format (html, docx), one after another, as a file name and its bytes.

    Raises DocumentError for an unknown format or reference before the first paper is made.
    """
    writers = {form: _writer(form) for form in dict.fromkeys(formats)}
    records = individual_maps(provision_map, policy, tuple(dict.fromkeys(references)), names=names)
    stems = file_stems(record.reference for record in records)
    return (
        (f"{stem}.{form}", write(r)) for stem, r in zip(stems, records, strict=True) for form, write in writers.items()
    )


def _writer(form: str) -> Callable[[IndividualMap], bytes]:
    if form == "html":
        return html_writer()
    if form == "docx":
        return docx_writer()
    raise DocumentError(f"A paper cannot be made as {form}. Choose html or docx.")
