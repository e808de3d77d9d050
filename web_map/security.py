"""Headers of the pages: nothing is loaded from, sent to or framed by another host."""

_POLICY = {
    "default-src": "'self'",
    "script-src": "'self'",
    "worker-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}

CONTENT_SECURITY_POLICY = "; ".join(f"{directive} {sources}" for directive, sources in _POLICY.items())


def page_headers(policy: str = CONTENT_SECURITY_POLICY) -> dict[str, str]:
    """Headers of a page. The place of the visitor is asked for by our own page alone."""
    return {
        "Content-Security-Policy": policy,
        "Permissions-Policy": "geolocation=(self), camera=(), microphone=(), payment=(), usb=()",
        **file_headers(),
    }


def file_headers() -> dict[str, str]:
    """Headers of everything else: the type said is the type used, and addresses are told to nobody."""
    return {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
