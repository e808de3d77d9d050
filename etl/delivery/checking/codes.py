"""Codes of official lists: those of older lists with what they are today, and those of no list."""

from psycopg import sql
from sqlalchemy.dialects.postgresql import JSONB

from etl.delivery.checking.subject import Subject
from etl.delivery.composing import compose
from gis_platform.layer import Codes, Successor, Text
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)


def check_codes(subject: Subject) -> None:
    """Each code that occurs is looked up once; then the rows of the strange ones are listed."""
    for codes in subject.layer.checks.codes:
        if codes.property in subject.properties:
            _check(subject, codes)


def _check(subject: Subject, codes: Codes) -> None:
    column = sql.Identifier(codes.property)
    listed = isinstance(subject.layer.column(codes.property).type, JSONB)
    held = compose(SQL["of_list" if listed else "of_column"], column=column)
    found = subject.connection.execute(compose(SQL["occurring"], held=held)).fetchall()
    strange = [code for (code,) in found if code not in codes.known]
    rows = compose(SQL["with_code"], held=held)
    for code in sorted(set(strange) & set(codes.older)):
        words = {"proposal": proposal(codes.older[code])}
        subject.book.found("old_code", rows, {"codes": [code]}, words)
    unknown = sorted(set(strange) - set(codes.older))
    if unknown:
        subject.book.found("unknown_code", rows, {"codes": unknown})


def proposal(successor: Successor) -> Text:
    """What to write instead of an old code, and how sure that is."""
    note = Text(f" {successor.note.vi}", f" {successor.note.en}") if successor.note else Text("", "")
    checked = Text("", "") if successor.verified else Text(" (chưa xác minh)", " (unverified)")
    told = ", ".join(successor.codes)
    if successor.sure:
        return Text(f"Đề nghị: {told}{checked.vi}.{note.vi}", f"Proposed: {told}{checked.en}.{note.en}")
    if not told:
        return Text(f"Cần xem xét.{note.vi}", f"Needs review.{note.en}")
    return Text(
        f"Cần xem xét, chọn một trong: {told}{checked.vi}.{note.vi}",
        f"Needs review, one of: {told}{checked.en}.{note.en}",
    )
