-- name: put_event
INSERT INTO core.outbox (channel, content) VALUES ('webhook', %(content)s);

-- name: put
INSERT INTO core.outbox (channel, recipient, content) VALUES ('mail', %(recipient)s, %(content)s);
