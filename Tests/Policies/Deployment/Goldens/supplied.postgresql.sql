-- PostgreSQL
-- p, espalier; unit and arm of every row, names as in the policy
-- Before it: SET jit = off;
WITH policy_0 AS (
  SELECT CAST(t."u" AS text) AS unit,
    NULLIF(CASE CAST(t."tau y" AS text) WHEN 'true' THEN '1'::float8 WHEN 'false' THEN '0'::float8 ELSE CAST(CAST(t."tau y" AS text) AS float8) END, 'NaN'::float8) AS s0,
    NULLIF(CASE CAST(t."tau z" AS text) WHEN 'true' THEN '1'::float8 WHEN 'false' THEN '0'::float8 ELSE CAST(CAST(t."tau z" AS text) AS float8) END, 'NaN'::float8) AS s1
  FROM shop.units AS t OFFSET 0),
policy_1 AS (
  SELECT q.*,
    (CAST((CAST(CAST(s0 AS REAL) AS DOUBLE PRECISION) / '2.0'::float8) AS REAL)) - CAST('0.25'::float8 AS REAL) AS tau_1_0,
    CAST((CAST(CAST(s1 AS REAL) AS DOUBLE PRECISION) / '1.0'::float8) AS REAL) AS tau_1_1
  FROM policy_0 AS q OFFSET 0),
policy_2 AS (
  SELECT q.*,
    '0.0'::float8 AS utility_0,
    '0.25'::float8 + '2.0'::float8 * CAST(tau_1_0 AS DOUBLE PRECISION) + '0.5'::float8 * CAST(tau_1_1 AS DOUBLE PRECISION) AS utility_1
  FROM policy_1 AS q OFFSET 0),
policy_3 AS (
  SELECT q.*,
    CASE WHEN utility_0 IS NULL OR utility_1 IS NULL THEN NULL WHEN utility_0 >= utility_1 THEN 0 ELSE 1 END AS pick
  FROM policy_2 AS q OFFSET 0),
policy_4 AS (
  SELECT q.*,
    0 AS held
  FROM policy_3 AS q OFFSET 0),
policy_5 AS (
  SELECT q.*,
    pick AS given
  FROM policy_4 AS q OFFSET 0)
SELECT unit,
  CASE given WHEN 0 THEN 'control' WHEN 1 THEN 'it''s' END AS arm,
  held AS holdout
FROM policy_5 AS q
