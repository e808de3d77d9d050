"""The city over HTTP: ``create_app(settings, logins)``, thin routers, parameter groups. No SQL, no rules."""
