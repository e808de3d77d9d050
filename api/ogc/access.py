"""May this caller see this layer, and what is said when not."""

from gis_platform.access.caller import Caller
from gis_platform.access.roles import Role
from gis_platform.access.scopes import allows, require_scope
from gis_platform.errors import Forbidden, NotFound, SignInNeeded
from gis_platform.layer.declaration import Layer
from gis_platform.layer.registry import Registry


def may_read(layer: Layer, caller: Caller) -> bool:
    """Whether the role, and the key where the caller came with one, let it see anything of the layer."""
    return caller.role in layer.audience and allows(caller.scopes, "read", layer.name)


def layer_for(layers: Registry, name: str, caller: Caller) -> Layer:
    """The layer, where the caller may see it.

    Raises:
        NotFound: there is no such layer.
        SignInNeeded: it is for staff, and the caller did not sign in.
        Forbidden: the caller's role, or the scopes of its key, may not see it.
    """
    layer = layers.get(name)
    if layer is None:
        known = ", ".join(la.name for la in layers.values() if may_read(la, caller))
        raise NotFound(f"There is no collection {name[:80]!r}. There are: {known}.", parameter="collection")
    if caller.role in layer.audience:
        require_scope(caller, "read", layer.name)
        return layer
    if caller.kind == "anonymous":
        raise SignInNeeded(
            f"The collection {name} is for staff. Sign in, or send a bearer token.",
            detail_vi=f"Lớp “{layer.title.vi}” chỉ dành cho cán bộ. Hãy đăng nhập rồi mở lại địa chỉ này.",
        )
    raise Forbidden(
        f"The collection {name} is not open to the role {caller.role}.",
        detail_vi=f"Vai trò của bạn không được xem lớp “{layer.title.vi}”.",
    )


def hidden_rows(layer: Layer, role: Role) -> dict[str, str]:
    """What an answer says where rows exist that the role is not shown; nothing where it sees all."""
    note = layer.hidden_rows_from(role)
    return {"hidden_rows": note.vi, "hidden_rows_en": note.en} if note else {}
