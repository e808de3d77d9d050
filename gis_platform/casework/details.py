"""What a case says of itself, held against what its workflow knows."""

import re
from collections.abc import Mapping
from typing import Any

from gis_platform.casework.declaration import Workflow
from gis_platform.errors import BadParameter
from gis_platform.layer.text import Language

#: As many digits as a telephone number or a number of a person has, however they are parted.
_NUMBER = re.compile(r"\d(?:[\s.()+\-\u2010-\u2015]*\d){8,}")


def read_details(workflow: Workflow, given: Mapping[str, str]) -> dict[str, str]:
    """The details without those that are empty.

    Raises:
        BadParameter: one is unknown, missing, too long, or none of the words it may be.
    """
    for name in given:
        if name not in workflow.details:
            raise BadParameter(
                f"There is no detail {name[:40]!r} of such a case.",
                parameter="details",
                detail_vi=f"Hồ sơ loại này không có mục “{name[:40]}”. Hãy bỏ mục đó.",
            )
    filled = {name: words.strip() for name, words in given.items() if words.strip()}
    for name, detail in workflow.details.items():
        words = filled.get(name)
        if words is None:
            if detail.required:
                raise BadParameter(
                    f"Say: {detail.title.en}.",
                    parameter=name,
                    detail_vi=f"Chưa có mục “{detail.title.vi}”.",
                )
        elif detail.choices and words not in detail.choices:
            vi = ", ".join(title.vi for title in detail.choices.values())
            raise BadParameter(
                f"{detail.title.en} is none of: {', '.join(detail.choices)}.",
                parameter=name,
                detail_vi=f"Mục “{detail.title.vi}” phải là một trong: {vi}.",
            )
        elif len(words) > detail.most:
            raise BadParameter(
                f"{detail.title.en}: at most {detail.most} characters.",
                parameter=name,
                detail_vi=f"{detail.title.vi}: tối đa {detail.most} ký tự.",
            )
    return filled


def require_no_numbers(workflow: Workflow, details: Mapping[str, str]) -> None:
    """Raises BadParameter where words that every reader sees hold what looks like a telephone or identity
    number.
    """
    for name, words in details.items():
        detail = workflow.details[name]
        if not detail.choices and _NUMBER.search(words):
            raise BadParameter(
                f"{detail.title.en} is read by many: write no telephone or identity number there, but in the "
                "part on the applicant.",
                parameter=name,
                detail_vi=f"Mục “{detail.title.vi}” có nhiều người xem, không ghi số điện thoại hoặc số định "
                "danh ở đây. Hãy ghi các số này ở phần người nộp.",
            )


def details_told(workflow: Workflow, details: Mapping[str, Any], language: Language) -> list[dict[str, Any]]:
    """The details of a case, in the order they are declared; a word by its title."""
    told = []
    for name, detail in workflow.details.items():
        if name in details:
            word = str(details[name])
            text = detail.choices[word].in_language(language) if word in detail.choices else word
            told.append(
                {"name": name, "title": detail.title.in_language(language), "value": word, "text": text}
            )
    return told


def details_asked(workflow: Workflow, language: Language) -> list[dict[str, Any]]:
    """What a form asks for."""
    return [
        {
            "name": name,
            "title": detail.title.in_language(language),
            "hint": detail.hint.in_language(language) if detail.hint else None,
            "required": detail.required,
            "most": detail.most,
            "choices": [
                {"name": word, "title": title.in_language(language)} for word, title in detail.choices.items()
            ],
        }
        for name, detail in workflow.details.items()
    ]
