-- What one person asks for at the fault desk and another one approves (§4, §6.4): that a member of Slack is a person of the rota; that
-- a missed hour is let go, as the customer said. A word is never changed: the next one stands beside it, and the last one rules.

CREATE TABLE approval (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    team     text NOT NULL,
    contract text NOT NULL,
    what     text NOT NULL CHECK (what ~ '^(link/.+|waiver/[1-9][0-9]*)$'),
    state    text NOT NULL CHECK (state IN ('pending', 'approved', 'refused', 'revoked')),
    person   text NOT NULL CHECK (person <> ''),
    reason   text NOT NULL,
    said_by  text NOT NULL CHECK (btrim(said_by) <> ''),
    way      text NOT NULL CHECK (way <> ''),
    at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    CHECK (state <> 'approved' OR said_by <> person),
    CHECK ((what LIKE 'link/%') = (team <> '')),
    CHECK ((what LIKE 'waiver/%') = (contract <> '')),
    CHECK (state <> 'revoked' OR what LIKE 'link/%'),
    CHECK (what NOT LIKE 'waiver/%' OR btrim(reason) <> '')
);
COMMENT ON TABLE approval IS 'What was asked for at the fault desk, and what another person said to it; of each thing the last row rules';
COMMENT ON COLUMN approval.team IS 'id of the workspace of a link; empty for a waiver';
COMMENT ON COLUMN approval.contract IS 'number of the contract of a waiver; empty for a link';
COMMENT ON COLUMN approval.what IS 'link/U0123ABCD of a member, or waiver/3 of a fault';
COMMENT ON COLUMN approval.person IS 'of a link the person of the rota that the member is to be, of a waiver who asks for it; approves neither';
COMMENT ON COLUMN approval.said_by IS 'of a link that is asked for the member, else a person of the rota';
CREATE INDEX approval_last ON approval (team, contract, what, id);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON approval
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE approval ENABLE ALWAYS TRIGGER append_only;

-- When something was said, the server says.
GRANT SELECT, INSERT (team, contract, what, state, person, reason, said_by, way) ON approval TO lvyue_app;

-- A link has a card, and is of no contract.
ALTER TABLE card DROP CONSTRAINT card_contract_fkey;
COMMENT ON COLUMN card.contract IS 'empty for what is of no contract';
COMMENT ON COLUMN card.subject IS 'fault/3, the id of an obligation, quote, waiver/3, or link/U0123ABCD';
