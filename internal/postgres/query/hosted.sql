-- Every contract of which there is a form, with the regions of its forms and what its last deployment left.
SELECT f.number, coalesce(c.phase, 'signing') AS phase,
    ARRAY(
        SELECT coalesce(form.terms #>> '{hosting,region}', '')
        FROM (
            SELECT f.terms
            UNION ALL
            SELECT a.terms
            FROM amended_form a
            WHERE a.number = f.number
        ) AS form
    ) AS regions,
    coalesce((
        SELECT to_jsonb(e.event -> 'detail' -> 'resources')
        FROM contract_event e
        WHERE e.contract = f.number
            AND e.what = 'deployed'
        ORDER BY e.seq DESC
        LIMIT 1
    ), '[]'::jsonb) AS recorded
FROM contract_form f
LEFT JOIN contract c ON c.number = f.number
ORDER BY f.number;
