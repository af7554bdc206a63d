-- How cooperative or conflictual is an act of each type, from -10 to 10?
-- After Goldstein (1992), "A conflict-cooperation scale for WEIS events data", as CAMEO's root codes carry it; PLOVER's
-- 16 types take the value of the CAMEO root that they were made from, the mean where of several.
-- event_type: PLOVER type (events.event_type).
-- score: Score, -10 (war) to 10 (union).
-- quad: verbal cooperation, material cooperation, verbal conflict or material conflict.
select
    scores.event_type,
    scores.score,
    scores.quad
from (
    values
    ('AGREE', 4.0, 'verbal cooperation'),
    ('CONSULT', 1.0, 'verbal cooperation'),
    ('SUPPORT', 3.5, 'verbal cooperation'),
    ('COOPERATE', 6.4, 'material cooperation'),
    ('AID', 7.0, 'material cooperation'),
    ('CONCEDE', 5.0, 'verbal cooperation'),
    ('RETREAT', 5.0, 'material cooperation'),
    ('REQUEST', 0.0, 'verbal cooperation'),
    ('ACCUSE', -2.0, 'verbal conflict'),
    ('REJECT', -4.0, 'verbal conflict'),
    ('THREATEN', -6.0, 'verbal conflict'),
    ('PROTEST', -6.5, 'material conflict'),
    ('SANCTION', -5.6, 'material conflict'),
    ('MOBILIZE', -7.2, 'material conflict'),
    ('COERCE', -7.0, 'material conflict'),
    ('ASSAULT', -9.5, 'material conflict')
) as scores (event_type, score, quad)
