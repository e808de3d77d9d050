"""Sign-in over HTTP: sessions for people, bearer tokens for programs, an OpenID Connect issuer."""
