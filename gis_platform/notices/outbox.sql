-- name: put
INSERT INTO core.outbox (channel, recipient, content) VALUES (%(channel)s, %(recipient)s, %(content)s);
