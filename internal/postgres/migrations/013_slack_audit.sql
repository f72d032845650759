-- What people tried at the fault desk in Slack and were refused before it reached the inbox (§4): a guest, a stranger, somebody whom the
-- rota does not know, a role that does not suffice. What reached the inbox is told there, with its answer.

CREATE TABLE slack_attempt (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    team     text NOT NULL,
    member   text NOT NULL,
    person   text NOT NULL,
    what     text NOT NULL CHECK (what <> ''),
    contract text NOT NULL,
    fault    int NOT NULL CHECK (fault >= 0),
    reason   text NOT NULL CHECK (reason <> ''),
    acted_at text NOT NULL,
    at       timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE slack_attempt IS 'Attempts at the fault desk in Slack that were refused before the inbox';
COMMENT ON COLUMN slack_attempt.team IS 'id of the workspace from which it came';
COMMENT ON COLUMN slack_attempt.member IS 'Slack member id of who tried';
COMMENT ON COLUMN slack_attempt.person IS 'id of the person of the rota; empty for somebody whom it does not know';
COMMENT ON COLUMN slack_attempt.what IS 'the button, form or command';
COMMENT ON COLUMN slack_attempt.contract IS 'empty for what is of no contract';
COMMENT ON COLUMN slack_attempt.fault IS '0 for what is of no fault';
COMMENT ON COLUMN slack_attempt.reason IS 'the code of the refusal';
COMMENT ON COLUMN slack_attempt.acted_at IS 'Slack''s own stamp of the click, empty where there is none; at is the moment that counts';
CREATE INDEX slack_attempt_member ON slack_attempt (member, at);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON slack_attempt
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE slack_attempt ENABLE ALWAYS TRIGGER append_only;

-- When something was tried, the server says.
GRANT SELECT, INSERT (team, member, person, what, contract, fault, reason, acted_at) ON slack_attempt TO lvyue_app;
