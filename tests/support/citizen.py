"""Who files on line and has not signed in: a code, a key, and papers from a phone."""

from dataclasses import dataclass
from typing import Any

from tests.support.office import PDF, Office

PERSON = {
    "name": "Nguyễn Thị Đẹp",
    "id_number": "082190001234",
    "phone": "0901234567",
    "email": "dep@example.vn",
    "address": "12 Ấp Bắc",
    "consent": True,
}


@dataclass
class Citizen:
    """A citizen before an office."""

    office: Office

    def filing(self, **change: Any) -> dict[str, Any]:
        """What a form says."""
        return {
            "workflow": "house_number",
            "feature": self.office.parcels[0],
            "details": {"purpose": "Cấp mới"},
            "applicant": PERSON,
        } | change

    def post(self, body: Any, **asked: Any) -> Any:
        """The answer to a filing."""
        return self.office.client.post("/api/filings", json=body, params=asked)

    def file(self, **change: Any) -> Any:
        """A case that was filed: its code and key."""
        answer = self.post(self.filing(**change))
        assert answer.status_code == 201, answer.text
        return answer.json()

    def read(self, filed: Any, key: str | None = None, **asked: Any) -> Any:
        """The answer to who asks for a filing, by its own key unless said otherwise."""
        return self.office.client.get(
            f"/api/filings/{filed['code']}", params=asked, headers=self._key(filed, key)
        )

    def seen(self, filed: Any) -> Any:
        """The filing as its applicant sees it."""
        answer = self.read(filed)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def add(
        self,
        filed: Any,
        kind: str = "land_paper",
        content: bytes = PDF,
        name: str = "giấy.pdf",
        key: str | None = None,
    ) -> Any:
        """The answer to a paper that is added."""
        return self.office.client.post(
            f"/api/filings/{filed['code']}/documents",
            params={"kind": kind, "name": name},
            content=content,
            headers=self._key(filed, key) | {"Content-Type": "application/octet-stream"},
        )

    def complete(self, filed: Any, key: str | None = None) -> Any:
        """The answer to who says that all is there."""
        return self.office.client.post(
            f"/api/filings/{filed['code']}/complete", headers=self._key(filed, key)
        )

    def case(self, filed: Any, who: str = "an") -> Any:
        """The case as an officer sees it."""
        return self.office.get(f"/api/cases/{filed['code']}", who).json()

    @staticmethod
    def _key(filed: Any, key: str | None) -> dict[str, str]:
        return {"X-Filing-Key": filed["key"] if key is None else key}
