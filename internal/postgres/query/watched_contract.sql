-- Where a contract is hosted, since when it is usable, until when its service year lasts, and when it was last measured.
SELECT f.number, coalesce(c.phase, 'signing') AS phase,
    CASE
        WHEN deployed.resources IS NULL THEN ARRAY[coalesce(f.terms #>> '{hosting,region}', '')]
        ELSE ARRAY(
            SELECT DISTINCT coalesce(piece ->> 'region', '')
            FROM jsonb_array_elements(deployed.resources) AS piece
            WHERE piece ->> 'kind' IN ('ecs', 'rds')
            ORDER BY 1
        )
    END AS regions,
    coalesce(deployed.resources, '[]'::jsonb) AS recorded, deployed.at AS usable_at,
    (SELECT max(y.last) FROM service_year y WHERE y.contract = f.number) AS last,
    (SELECT l.looked_at FROM capacity_look l WHERE l.contract = f.number) AS looked_at
FROM contract_form f
LEFT JOIN contract c ON c.number = f.number
LEFT JOIN LATERAL (
    SELECT to_jsonb(e.event -> 'detail' -> 'resources') AS resources, e.at
    FROM contract_event e
    WHERE e.contract = f.number
        AND e.what = 'deployed'
    ORDER BY e.seq DESC
    LIMIT 1
) AS deployed ON true
WHERE f.number = @contract;
