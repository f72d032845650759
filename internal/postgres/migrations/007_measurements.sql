-- Early warning (§3.6): what servers and databases use, measured again and again, and what was warned of. None of it is
-- evidence of the contract's own course; a look that is repeated changes nothing.

CREATE TABLE capacity_look (
    contract  text PRIMARY KEY REFERENCES contract_form,
    looked_at timestamptz NOT NULL        -- the last look; never goes back
);
COMMENT ON TABLE capacity_look IS 'When each contract was last measured';

CREATE DOMAIN gauge_metric AS text CHECK (VALUE IN ('cpu', 'memory', 'storage', 'connections'));
CREATE DOMAIN gauge_kind AS text CHECK (VALUE IN ('ecs', 'rds'));

CREATE TABLE measurement (
    contract text NOT NULL REFERENCES contract_form,
    resource text NOT NULL CHECK (resource <> ''), -- the vendor's id of the server or database
    device   text NOT NULL,               -- a server's disk, such as /dev/vdb1; empty for all else
    metric   gauge_metric NOT NULL,
    at       timestamptz NOT NULL,        -- the vendor's
    kind     gauge_kind NOT NULL,
    percent  double precision NOT NULL CHECK (percent BETWEEN 0 AND 100), -- of what there is
    PRIMARY KEY (contract, resource, device, metric, at)
);
COMMENT ON TABLE measurement IS 'Measured points, kept for thirteen months';
CREATE INDEX measurement_at ON measurement (contract, at);

CREATE TABLE capacity_warning (
    contract   text NOT NULL REFERENCES contract_form,
    resource   text NOT NULL CHECK (resource <> ''),
    device     text NOT NULL,
    metric     gauge_metric NOT NULL,
    what       text NOT NULL CHECK (what IN ('high', 'silent')),
    opened_at  timestamptz NOT NULL,
    kind       gauge_kind NOT NULL,
    class      smallint NOT NULL CHECK (class BETWEEN 1 AND 3), -- near, urgent, critical
    percent    double precision NOT NULL CHECK (percent BETWEEN 0 AND 100),
    grows      boolean NOT NULL,
    per_day    double precision NOT NULL, -- points of a percent
    days       double precision NOT NULL CHECK (days >= 0), -- until it is full, if it grows
    since      timestamptz CHECK ((since IS NOT NULL) = (what = 'silent')), -- the last point before a silence
    looked_at  timestamptz NOT NULL CHECK (looked_at >= opened_at),
    told_at    timestamptz,               -- when people were told last
    told_class smallint NOT NULL CHECK (told_class BETWEEN 0 AND 3),
    quiet      smallint NOT NULL CHECK (quiet >= 0), -- looks in a row without a reason for it
    growth     jsonb,                     -- {to, nodes, amount, answer_hash, priced_at}: what would help, §5.7
    closed_at  timestamptz CHECK (closed_at >= opened_at),
    PRIMARY KEY (contract, resource, device, metric, what, opened_at)
);
COMMENT ON TABLE capacity_warning IS 'Early warnings, from the look that opened each to the one that closed it';
-- One at most stands for each gauge and sort.
CREATE UNIQUE INDEX capacity_warning_open ON capacity_warning (contract, resource, device, metric, what)
    WHERE closed_at IS NULL;

GRANT SELECT, INSERT, UPDATE ON capacity_look, capacity_warning TO lvyue_app;
GRANT SELECT, INSERT, DELETE ON measurement TO lvyue_app;
