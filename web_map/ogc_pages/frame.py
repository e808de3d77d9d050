"""What every page of the API knows: the city, the language, the address it stands at, and its files."""

from dataclasses import dataclass
from urllib.parse import urlencode

from gis_platform.access.caller import Caller
from gis_platform.city import City
from gis_platform.layer.text import Language
from web_map.assets.files import MapFiles


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The frame around a page.

    Attributes:
        base: address the city is served under, as links of documents begin.
        path: path of the page.
        query: the parameters it was asked with.
        ground: layers of the ground map, drawn under what a small map shows.
    """

    city: City
    language: Language
    files: MapFiles
    caller: Caller
    base: str
    path: str
    query: tuple[tuple[str, str], ...]
    ground: tuple[str, ...] = ()

    @property
    def city_title(self) -> str:
        """Name of the city in the page's language."""
        return self.city.title_vi if self.language == "vi" else self.city.title_en

    @property
    def other_language(self) -> Language:
        """The language the page can be had in as well."""
        return "en" if self.language == "vi" else "vi"

    @property
    def as_json(self) -> str:
        """This page for programs."""
        return self._here(f="json", lang=self.language)

    @property
    def in_other_language(self) -> str:
        """This page in the other language."""
        return self._here(lang=self.other_language)

    def local(self, href: str) -> str:
        """A link of a document as the page follows it: on this host, whatever name the host was called by.

        Only what is fetched over the web: no other kind of address is followed from a page.
        """
        if href.startswith(self.base):
            return href.removeprefix(self.base) or "/"
        return href if href.startswith(("https://", "http://", "/")) else "#"

    def asked(self, name: str) -> str:
        """A parameter the page was asked with; empty where it was not given."""
        return dict(self.query).get(name, "")

    def _here(self, **changed: str) -> str:
        return f"{self.path}?{urlencode(dict(self.query) | changed)}"
