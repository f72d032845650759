-- How far the works in the cloud have come (§3.2, §5.7, §7.2), for people who watch. It is no evidence: each look writes over the
-- one before.

CREATE TABLE work_progress (
    contract  text NOT NULL REFERENCES contract_form,
    duty      text NOT NULL CHECK (duty <> ''),
    looked_at timestamptz NOT NULL, -- by the database's clock
    pieces    jsonb NOT NULL,       -- [{kind, id, region, status, usable, address}]: what is there
    PRIMARY KEY (contract, duty)
);
COMMENT ON TABLE work_progress IS 'What was there at the last look of each work in the cloud';

GRANT SELECT, INSERT, UPDATE ON work_progress TO lvyue_app;
