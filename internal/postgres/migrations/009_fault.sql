-- Faults (§3.11, §4): acts may be addressed to one, and each is folded from the evidence for reading.

ALTER TABLE inbox ADD COLUMN fault int NOT NULL DEFAULT 0 CHECK (fault >= 0);
COMMENT ON COLUMN inbox.fault IS 'the contract''s fault to which the act is done; 0: the contract itself';

CREATE TABLE fault (
    contract        text NOT NULL REFERENCES contract_form,
    fault           int NOT NULL CHECK (fault > 0),
    state           text NOT NULL CHECK (state IN
        ('reported', 'open', 'acknowledged', 'planned', 'force-majeure', 'resolved', 'closed', 'request')),
    sla             text NOT NULL CHECK (sla IN ('none', 'running', 'met', 'breached', 'changed_duty', 'waived')),
    system          text NOT NULL,       -- an enabled product; empty: all of it
    reopens         int NOT NULL,        -- the closed fault that is there again; 0: none
    administrator   boolean NOT NULL,    -- an administrator of the form reported it, or took it up (§3.13)
    reported_at     timestamptz NOT NULL, -- the moment that counts; of a call, that of the call (§4.1)
    entered_at      timestamptz NOT NULL, -- the moment of receipt
    clock_at        timestamptz,         -- when the hour began to run
    deadline_at     timestamptz,         -- the last instant at which a plan is in time (§3.11)
    response_at     timestamptz,         -- a person answered (§4.2)
    responded_by    text NOT NULL,
    owner           text NOT NULL,
    plan_at         timestamptz,
    planned_by      text NOT NULL,
    breached_at     timestamptz,         -- the instant that was missed; null again when it was not
    majeure_kind    text NOT NULL,       -- §3.12
    majeure_at      timestamptz,
    lifted_at       timestamptz,
    resolved_at     timestamptz,
    closed_at       timestamptz,
    rung            text NOT NULL,       -- of the ladder, that was paged last
    awaits_approval boolean NOT NULL,    -- a mark of force majeure waits for a second person
    due_at          timestamptz,         -- when the engine must do something next; for the watchdog
    rev             int NOT NULL,
    event_seq       bigint NOT NULL,     -- the event that first told of it
    PRIMARY KEY (contract, fault),
    CHECK ((clock_at IS NULL) = (deadline_at IS NULL))
);
COMMENT ON TABLE fault IS 'Faults and requests of contracts as they stand';
CREATE INDEX fault_open ON fault (due_at) WHERE state <> 'closed';

GRANT SELECT, INSERT, UPDATE, DELETE ON fault TO lvyue_app;
